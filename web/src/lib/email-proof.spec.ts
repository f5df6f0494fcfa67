import { describe, expect, it } from 'vitest';
import { minutesToNextLetter, mustProve } from './email-proof';
import type { Account } from './session';

const account = (over: Partial<Account> = {}) => ({ emailVerified: false, ...over }) as Account;
const waiting = (nextLetterAt: string | null, required = true) =>
  account({ emailVerification: { required, nextLetterAt } });
const now = Date.parse('2026-11-23T09:00:00Z');

describe('the proof of an address', () => {
  it('is waited for where the operator asks for it, until it is made', () => {
    expect(mustProve(waiting(null))).toBe(true);
    expect(mustProve(waiting(null, false))).toBe(false);
    expect(mustProve(account({ emailVerified: true }))).toBe(false);
    expect([mustProve(null), mustProve(undefined)]).toEqual([false, false]);
  });

  it.each([
    ['2026-11-23T10:00:00Z', 60],
    ['2026-11-23T09:00:01Z', 1],
    ['2026-11-23T09:00:00Z', 0],
    ['2026-11-23T08:00:00Z', 0],
    [null, 0],
  ])('can be asked for again at %s: in %d minutes', (nextLetterAt, minutes) => {
    expect(minutesToNextLetter(waiting(nextLetterAt), now)).toBe(minutes);
  });
});
