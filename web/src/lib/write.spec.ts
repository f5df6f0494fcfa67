import { MutationObserver, QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { TypedMethod } from '../features/payments/card-entry';
import { ProblemError } from './problems';
import { IntentionKey, readAgain } from './write';

const away = () => new ProblemError(503, 'service-unavailable', '');

/** Answers each key once in effect, as the service does, and fails after or before the effect. */
class FakeBookings {
  readonly kept = new Map<string, string>();

  book(slot: string, key: string, fails?: 'before' | 'after'): string {
    if (fails === 'before') throw away();
    if (!this.kept.has(key)) this.kept.set(key, slot);
    if (fails === 'after') throw away();
    return this.kept.get(key)!;
  }
}

describe('what a person wants once', () => {
  it('is one booking, however often they try again after 503', () => {
    const [bookings, key] = [new FakeBookings(), new IntentionKey()];
    for (const fails of ['before', 'after', 'before', undefined] as const) {
      try {
        bookings.book('09:00', key.for('09:00'), fails);
      } catch (error) {
        expect(error).toBeInstanceOf(ProblemError);
      }
    }
    expect([...bookings.kept.values()]).toEqual(['09:00']);
  });

  it('is something else when they want something else, or it is known what came of the first', () => {
    const key = new IntentionKey();
    const [first, again, other] = [key.for('09:00'), key.for('09:00'), key.for('09:30')];
    expect([again === first, other === first]).toEqual([true, false]);
    key.settled();
    expect(key.for('09:30')).not.toBe(other);
  });

  it('is paid with one method, until another card is typed or it is known what came of it', async () => {
    let made = 0;
    const typed = new TypedMethod({ current: { tokenise: async () => `pm_${(made += 1)}` } });
    expect([await typed.tokenise(), await typed.tokenise()]).toEqual(['pm_1', 'pm_1']);
    typed.forget();
    expect(await typed.tokenise()).toBe('pm_2');
  });

  it('asks again where the form said what is wrong with the card', async () => {
    const answers = [undefined, 'pm_1'];
    const typed = new TypedMethod({ current: { tokenise: async () => answers.shift() } });
    expect([await typed.tokenise(), await typed.tokenise()]).toEqual([undefined, 'pm_1']);
  });
});

describe('a write that failed', () => {
  it('is told at once, though its list cannot be read again', async () => {
    const never = new Promise(() => undefined);
    const write = new MutationObserver(new QueryClient(), {
      mutationFn: () => Promise.reject(away()),
      onSettled: readAgain(() => never),
    });
    await expect(write.mutate()).rejects.toMatchObject({ status: 503 });
    expect(write.getCurrentResult().status).toBe('error');
  });
});
