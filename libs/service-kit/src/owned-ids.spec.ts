import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validate, version } from 'uuid';
import { OwnedIds } from './owned-ids.js';

const ids = new OwnedIds({ internalToken: 'one installation' });

describe('an owned id', () => {
  it('is a UUIDv7 of this moment, and never the same twice', () => {
    const made = Array.from({ length: 2_000 }, () => ids.next('patient-1'));
    expect(made.every((id) => validate(id) && version(id) === 7)).toBe(true);
    expect(new Set(made).size).toBe(2_000);
    const at = Number.parseInt(made[0]!.replaceAll('-', '').slice(0, 12), 16);
    expect(Math.abs(Date.now() - at)).toBeLessThan(5_000);
  });

  it('sorts by the time of its making', async () => {
    const first = ids.next('patient-1');
    await new Promise((resolve) => setTimeout(resolve, 3));
    expect(first < ids.next('patient-1')).toBe(true);
  });

  it('is its owner’s in every process with the same secret, and nobody else’s', () => {
    const elsewhere = new OwnedIds({ internalToken: 'one installation' });
    const stranger = new OwnedIds({ internalToken: 'another installation' });
    fc.assert(
      fc.property(fc.string({ maxLength: 64 }), fc.string({ maxLength: 64 }), (owner, other) => {
        fc.pre(owner !== other);
        const id = ids.next(owner);
        expect([elsewhere, stranger].map((reader) => reader.isOwn(id, owner))).toEqual([true, false]);
        expect(elsewhere.isOwn(id, other)).toBe(false);
      }),
    );
  });

  it('proves nothing any more once a single bit of it is another', () => {
    const id = ids.next('patient-1');
    const number = BigInt(`0x${id.replaceAll('-', '')}`);
    for (let bit = 0n; bit < 128n; bit += 1n) {
      const hex = (number ^ (1n << bit)).toString(16).padStart(32, '0');
      const forged = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      expect(ids.isOwn(forged, 'patient-1')).toBe(false);
    }
  });

  it.each(['', 'a1', 'no-such-visit', '../../x', '01935a6e-0000-7000-8000-00000000000g', 'X'.repeat(10_000)])(
    'is not what looks otherwise: %.40s',
    (text) => {
      expect(ids.isOwn(text, 'patient-1')).toBe(false);
    },
  );

  it('follows from its seed where there is one, for each owner another, and is provably theirs all the same', () => {
    const id = ids.next('patient-1', 'key-1');
    expect(ids.next('patient-1', 'key-1')).toBe(id);
    expect(ids.isOwn(id, 'patient-1')).toBe(true);
    expect(version(id)).toBe(7);
    const others = [ids.next('patient-1', 'key-2'), ids.next('patient-2', 'key-1'), ids.next('patient-1k', 'ey-1')];
    expect(new Set([id, ...others]).size).toBe(4);
    expect(others.map((other) => ids.isOwn(other, 'patient-1'))).toEqual([true, false, false]);
  });
});
