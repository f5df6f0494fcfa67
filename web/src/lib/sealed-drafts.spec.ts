import { beforeEach, describe, expect, it } from 'vitest';
import { SealedDrafts } from './sealed-drafts';

const DAY_MS = 86_400_000;
let kept: Map<string, unknown>;
let now: number;
let drafts: SealedDrafts;

beforeEach(() => {
  kept = new Map();
  now = 0;
  const store = {
    get: async (name: string) => kept.get(name),
    put: async (name: string, value: unknown) => void kept.set(name, value),
    delete: async (name: string) => void kept.delete(name),
    clear: async () => kept.clear(),
  };
  drafts = new SealedDrafts(store, () => now);
});

describe('a draft', () => {
  it('is read again as it was written, and lies nowhere in the clear', async () => {
    expect(await drafts.keep('a', 'Toux sèche depuis lundi')).toBe(true);
    expect(await drafts.read('a')).toBe('Toux sèche depuis lundi');
    const { sealed } = kept.get('a') as { sealed: ArrayBuffer };
    expect(new TextDecoder().decode(sealed)).not.toContain('Toux');
    expect((kept.get('key') as CryptoKey).extractable).toBe(false);
  });

  it('is gone once it is sent, emptied, or a week old', async () => {
    await drafts.keep('sent', 'x');
    await drafts.keep('emptied', 'x');
    await drafts.keep('old', 'x');
    await drafts.forget('sent');
    await drafts.keep('emptied', '');
    now = 8 * DAY_MS;
    for (const name of ['sent', 'emptied', 'old']) expect(await drafts.read(name)).toBeUndefined();
    expect([...kept.keys()]).toEqual(['key']);
  });

  it('is erased with its key when the doctor signs out', async () => {
    await drafts.keep('a', 'x');
    await drafts.erase();
    expect(kept.size).toBe(0);
    expect(await drafts.read('a')).toBeUndefined();
  });

  it('says so where the browser keeps nothing', async () => {
    const refused = () => Promise.reject(new Error('private window'));
    const none = new SealedDrafts({ get: refused, put: refused, delete: refused, clear: refused });
    expect(await none.keep('a', 'x')).toBe(false);
    expect(await none.read('a')).toBeUndefined();
    await none.erase();
  });
});
