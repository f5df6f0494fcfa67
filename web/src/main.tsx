import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import { setNonce } from 'get-nonce';
import { startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { keepShell } from './app/service-worker';
import { loadFirstPage } from './first-paint/first-page';
import { startLanguages } from './lib/i18n';
// After the components', which bring their own.
import './app/typeface.css';
import './app/tokens.css';
import './app/styles.css';

// Dialogs lock scrolling with a style element of their own, which needs the page's nonce too.
setNonce(document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '');
keepShell();
/** In pieces, and each of them in a task of its own: a slow phone scrolls and takes what is typed meanwhile. */
async function start(): Promise<void> {
  const firstPage = loadFirstPage(location.pathname).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve));
  await Promise.all([startLanguages(), firstPage]);
  const root = createRoot(document.getElementById('root')!);
  startTransition(() => root.render(<App />));
}

// Not awaited at the top: the code of a page imports what this module is bundled with, and would wait for it.
void start();
