import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { areShortcutsOn, shortcutOf, switchShortcuts } from './shortcuts';

class FakeElement {
  constructor(private readonly isField: boolean) {}
  closest(): unknown {
    return this.isField ? this : null;
  }
}

const press = (key: string, fields: object = {}) =>
  shortcutOf({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    target: new FakeElement(false),
    ...fields,
  });

beforeEach(() => void vi.stubGlobal('Element', FakeElement));
afterEach(() => void vi.unstubAllGlobals());

describe('a key', () => {
  it('means a command, also with capitals', () => {
    expect([press('m'), press('M'), press('v'), press('s'), press('?')]).toEqual([
      'mute',
      'mute',
      'camera',
      'share',
      'help',
    ]);
    expect(press('x')).toBeUndefined();
  });

  it.each([
    ['while somebody types', { target: new FakeElement(true) }],
    ['of the browser or the system', { ctrlKey: true }],
    ['of the Mac', { metaKey: true }],
    ['with Alt', { altKey: true }],
    ['that is held down', { repeat: true }],
  ])('means nothing %s', (_when, fields) => expect(press('m', fields)).toBeUndefined());
});

it('can be switched off for good, and on again', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  expect(areShortcutsOn()).toBe(true);
  switchShortcuts(false);
  expect(areShortcutsOn()).toBe(false);
  switchShortcuts(true);
  expect(areShortcutsOn()).toBe(true);
});
