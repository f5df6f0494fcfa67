import { describe, expect, it } from 'vitest';
import { KeptReservation } from './kept-reservation';

const until = '2026-12-01T10:05:00.000Z';
const before = Date.parse(until) - 1;

describe('the reservation of this browser', () => {
  const storage = () => {
    const values = new Map<string, string>();
    return {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
      removeItem: (key: string) => void values.delete(key),
    };
  };

  it('is named by every tab until it is over', () => {
    const shared = storage();
    new KeptReservation(shared).keep({ id: 'one', until });
    const other = new KeptReservation(shared);
    expect(other.idAt(before)).toEqual({ reservation: 'one' });
    expect(other.idAt(before + 1)).toEqual({});
  });

  it('is let go once, and not for the one before it', () => {
    const kept = new KeptReservation(storage());
    kept.keep({ id: 'one', until });
    kept.keep({ id: 'two', until });
    expect([kept.forget('one'), kept.forget('two'), kept.forget('two')]).toEqual([false, true, false]);
    expect(kept.idAt(before)).toEqual({});
  });

  it('is none where something else stands in its place', () => {
    for (const text of ['', '{', 'null', '7', '{"id":1}']) {
      const broken = { ...storage(), getItem: () => text };
      expect(new KeptReservation(broken).idAt(before)).toEqual({});
    }
  });
});
