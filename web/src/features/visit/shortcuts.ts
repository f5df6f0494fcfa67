import { useEffect, useRef } from 'react';

const OFF = 'medflow.visit-shortcuts-off';

/** One key does it, unless somebody types; may be switched off (WCAG 2.1.4). */
export const shortcuts = { mute: 'm', camera: 'v', share: 's', self: 'i', panel: 'p', help: '?' } as const;
export type Shortcut = keyof typeof shortcuts;

export const areShortcutsOn = (): boolean => localStorage.getItem(OFF) === null;
export function switchShortcuts(isOn: boolean): void {
  if (isOn) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, '1');
}

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
  target: unknown;
}

const isTyping = (target: unknown): boolean =>
  target instanceof Element &&
  target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null;

/** @returns what is meant, if anything */
export function shortcutOf(pressed: Pressed): Shortcut | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.repeat || isTyping(pressed.target))
    return undefined;
  const key = pressed.key.toLowerCase();
  return (Object.keys(shortcuts) as Shortcut[]).find((name) => shortcuts[name] === key);
}

export function useShortcuts(acts: Partial<Record<Shortcut, () => void>>): void {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const name = areShortcutsOn() ? shortcutOf(event) : undefined;
      const act = name && latest.current[name];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
