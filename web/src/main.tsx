import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/styles.css';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { registerSW } from 'virtual:pwa-register';
import { App } from './app/app';
import { startLanguages } from './lib/i18n';

// Dialogs lock scrolling with a style element of their own, which needs the page's nonce too.
setNonce(document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '');
registerSW({ immediate: true });
await startLanguages();
createRoot(document.getElementById('root')!).render(<App />);
