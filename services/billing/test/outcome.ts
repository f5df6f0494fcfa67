import { expect } from '@jest/globals';
import { refundedOf } from '../src/domain/charge-state.js';
import { type Outcome, PRICE } from './lives.js';
import { card } from './provider-in-memory.js';

const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);

/**
 * Where the money must be once all is settled: nobody pays twice, nothing is kept that is not owed, and nothing that is owed
 * to the doctor is lost. What is owed is told from the provider's own past, never from what billing thinks.
 */
export function expectMoneyWhereItBelongs({ state: stateOf, charges, provider, course, refund }: Outcome): void {
  const state = stateOf();
  const all = [...provider.intents.values()];
  const payments = all.filter(({ kind }) => kind === 'payment');
  const taken = payments.flatMap(({ captures, amount }) => Array.from({ length: captures }, () => amount));
  const back = sum(payments.flatMap(({ refunds }) => refunds));
  const held = payments.filter(({ status }) => status === 'requires_capture').length;
  const kept = sum(taken) - back;
  const last = course.at(-1)!;
  /** The patient had paid, set the amount aside, or left a card that can be charged. */
  const isSecured = all.some(
    ({ kind, wasSecured, method }) => wasSecured && (kind === 'payment' || method === card.good),
  );

  // Once, and the price of the appointment.
  expect(taken.length).toBeLessThanOrEqual(1);
  expect([0, PRICE]).toContain(sum(taken));

  switch (last) {
    case 'rejected':
    case 'lost':
      expect([kept, held]).toEqual([0, 0]);
      break;
    case 'cancelled': {
      // By the policy where it was taken before, whole where it was taken after.
      const before = charges.past.find(({ appointment }) => appointment === 'cancelled');
      const wasTaken = (before?.captured ?? 0) > 0;
      expect([kept, held]).toEqual([wasTaken && refund !== undefined ? PRICE - refund : 0, 0]);
      break;
    }
    case 'without-doctor':
      // Nothing is begun for a visit that has lost its doctor: whoever has the page open can pay no more.
      expect([kept, held]).toEqual([isSecured ? PRICE : 0, 0]);
      expect(['none', 'due', 'paid', 'failed']).toContain(state.status);
      if (kept === 0) expect(state.intent?.kind).not.toBe('payment');
      break;
    case 'accepted':
    case 'completed':
    case 'missed':
      // What was paid, set aside or left to be charged is the doctor's; what was not is still to be paid.
      expect([kept, held]).toEqual([isSecured ? PRICE : 0, 0]);
      break;
    case 'expired':
      // Scheduling has the word: a payment that came in time may win the time back.
      expect([kept, held]).toEqual([0, state.status === 'authorised' && state.intent?.kind === 'payment' ? 1 : 0]);
      break;
    default:
      throw new Error(`no life ends with ${last}`);
  }

  // We know what the provider knows.
  expect(state.captured).toBe(sum(taken));
  expect(refundedOf(state)).toBe(back);

  // The books: every transaction balances, and the provider's account is what the provider has.
  const entries = [...charges.ledger.values()].map(({ entries: both }) => both);
  for (const both of entries) expect(sum(both.map(({ amount }) => amount))).toBe(0);
  const account = (name: string) =>
    sum(entries.flat().flatMap(({ account: of, amount }) => (of === name ? [amount] : [])));
  expect(account('provider')).toBe(kept - (taken.length > 0 ? 10 : 0));
  expect(account('holds')).toBe(held * PRICE);

  // The news: in order, each once, and a capture at most once.
  const sequences = charges.facts.map(({ sequence }) => sequence);
  expect(new Set(sequences).size).toBe(sequences.length);
  expect([...sequences].sort((a, b) => a - b)).toEqual(sequences);
  expect(charges.facts.filter(({ name }) => name === 'captured').length).toBe(taken.length);
}
