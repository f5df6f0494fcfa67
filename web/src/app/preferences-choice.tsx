import { Suspense, useState } from 'react';
import { later } from '../lib/later';
import { PreferencesButton } from './preferences-button';

const load = () => import('./preferences-menu');
const PreferencesMenu = later(load);

/** Language and appearance for who has not signed in: the code of the menu comes when it is first wanted. */
export function PreferencesChoice() {
  const [wanted, setWanted] = useState(false);
  const soon = () => void load().catch(() => undefined);
  const button = (
    <PreferencesButton
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={soon}
      onFocus={soon}
      onClick={() => setWanted(true)}
    />
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <PreferencesMenu />
    </Suspense>
  );
}
