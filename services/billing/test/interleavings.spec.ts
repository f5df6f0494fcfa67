import { Logger } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AppointmentNews } from '../src/domain/charge.js';
import { type AppointmentStatus, refundedOf, type Timing } from '../src/domain/charge-state.js';
import { DAY_MS, MINUTE_MS } from '../src/domain/values.js';
import { card, type Fault } from './fakes.js';
import { billingInMemory } from './in-memory.js';

// What the provider refuses is part of many of these lives.
Logger.overrideLogger(false);

const PRICE = 60_000;
const POLICY_REFUND = 30_000;

/** What an appointment may live through, as scheduling would tell it, and where the money must be afterwards. */
const lives: Record<string, { timing: Timing; course: AppointmentStatus[]; refund?: number }> = {
  accepted: { timing: 'at-booking', course: ['held', 'requested', 'accepted'] },
  completed: { timing: 'at-booking', course: ['held', 'requested', 'accepted', 'completed'] },
  missed: { timing: 'at-booking', course: ['held', 'requested', 'accepted', 'missed'] },
  rejected: { timing: 'at-booking', course: ['held', 'requested', 'rejected'] },
  unanswered: { timing: 'at-booking', course: ['held', 'requested', 'expired'] },
  lapsed: { timing: 'at-booking', course: ['held', 'expired'] },
  lost: { timing: 'at-booking', course: ['held', 'expired', 'lost'] },
  wonBack: { timing: 'at-booking', course: ['held', 'expired', 'requested', 'accepted'] },
  leftWhileHeld: { timing: 'at-booking', course: ['held', 'cancelled'] },
  calledOffByDoctor: { timing: 'at-booking', course: ['held', 'requested', 'accepted', 'cancelled'] },
  calledOffByPatient: {
    timing: 'at-booking',
    course: ['held', 'requested', 'accepted', 'cancelled'],
    refund: POLICY_REFUND,
  },
  withoutDoctorForAWhile: {
    timing: 'at-booking',
    course: ['held', 'requested', 'accepted', 'without-doctor', 'accepted'],
  },
  withoutDoctorToTheEnd: {
    timing: 'at-booking',
    course: ['held', 'requested', 'accepted', 'without-doctor', 'cancelled'],
  },
  unpaidWithoutDoctor: { timing: 'after-acceptance', course: ['requested', 'accepted', 'without-doctor', 'cancelled'] },
  paidOnceTheDoctorIsBack: {
    timing: 'after-acceptance',
    course: ['requested', 'accepted', 'without-doctor', 'accepted', 'completed'],
  },
  leftWithoutDoctor: { timing: 'after-acceptance', course: ['requested', 'accepted', 'without-doctor'] },
  paidLater: { timing: 'after-acceptance', course: ['requested', 'accepted', 'completed'] },
  rejectedUnpaid: { timing: 'after-acceptance', course: ['requested', 'rejected'] },
  paidAndCalledOff: {
    timing: 'after-acceptance',
    course: ['requested', 'accepted', 'cancelled'],
    refund: POLICY_REFUND,
  },
};

type Deed =
  | { kind: 'news'; at: number }
  | { kind: 'pay'; method: string }
  | { kind: 'answer'; succeeds: boolean }
  | { kind: 'webhook'; id: number }
  | { kind: 'settle' }
  | { kind: 'wait'; minutes: number };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('news' as const), at: fc.nat({ max: 4 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('pay' as const), method: fc.constantFrom(...Object.values(card)) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('answer' as const), succeeds: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('webhook' as const), id: fc.nat({ max: 5 }) }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'settle' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.nat({ max: 20 }) }) },
);

const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constantFrom<Fault>('lost', 'failed-before', 'failed-after') },
);

/** Refusals and outages are answers; anything else is a fault of ours. */
const answered = async (work: Promise<unknown>): Promise<void> => {
  await work.catch((error: { code?: string; name: string; message: string }) => {
    const expected = [
      'not-payable',
      'already-paid',
      'payment-in-progress',
      'payment-declined',
      'payment-provider-unavailable',
      'not-found',
      'conflict',
      'validation-failed',
    ];
    if (!expected.includes(error.code ?? '')) throw error;
  });
};

async function live(life: keyof typeof lives, isFar: boolean, rounds: Deed[][], faults: Fault[]) {
  const { clock, charges, provider, processes } = billingInMemory();
  const { timing, course, refund } = lives[life]!;
  const startsAt = new Date(clock.now().getTime() + (isFar ? 20 : 2) * DAY_MS);
  const news = (at: number): AppointmentNews => ({
    appointmentId: 'a1',
    patientId: 'p1',
    doctorId: 'd1',
    startsAt,
    mode: 'video',
    price: { amount: PRICE, currency: 'TND' },
    timing,
    status: course[at]!,
    sequence: at + 1,
    ...(refund !== undefined && course[at] === 'cancelled' && { refund }),
  });
  /** A message that conflicts comes again, as the bus delivers it. */
  const follow = async (process: (typeof processes)[number], at: number): Promise<void> => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      try {
        return await process.follow.execute([news(at)]);
      } catch (error) {
        if ((error as { code?: string }).code !== 'conflict') throw error;
      }
    }
  };
  const chargeId = () => [...charges.states.keys()][0] ?? 'none';
  const intentId = () => charges.states.get(chargeId())?.intent?.id;
  const perform = (one: Deed, process: (typeof processes)[number]): Promise<unknown> => {
    switch (one.kind) {
      case 'news':
        return follow(process, Math.min(one.at, course.length - 1));
      case 'pay':
        return process.pay.execute({ patientId: 'p1', appointmentId: 'a1', methodId: one.method, saveMethod: false });
      case 'answer':
        provider.authenticate(intentId() ?? '', one.succeeds);
        return Promise.resolve();
      case 'webhook':
        return process.webhook.execute({ id: `evt_${one.id}`, type: 'x', intentIds: intentId() ? [intentId()!] : [] });
      case 'settle':
        return process.settle.execute(chargeId());
      case 'wait':
        clock.pass(one.minutes * MINUTE_MS);
        return Promise.resolve();
    }
  };

  await follow(processes[0], 0);
  provider.faults = [...faults];
  // What is in one round happens at the same moment, in two processes.
  for (const round of rounds) {
    await Promise.all(round.map((one, at) => answered(perform(one, processes[at % 2]!))));
  }
  provider.faults = [];
  // All that was to be told has been told at last, and whatever waits has its turn.
  await follow(processes[0], course.length - 1);
  for (let look = 0; look < 8; look += 1) {
    clock.pass(2 * MINUTE_MS);
    await processes[0].settle.execute(chargeId());
  }
  return { state: charges.states.get(chargeId())!, charges, provider, course, refund };
}

describe('whatever happens in whatever order', () => {
  it('nobody pays twice, and nothing is kept that is not owed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(lives)),
        fc.boolean(),
        fc.array(fc.array(deed, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
        fc.array(fault, { maxLength: 14 }),
        async (life, isFar, rounds, faults) => {
          const { state, charges, provider, course, refund } = await live(life, isFar, rounds, faults);
          const intents = [...provider.intents.values()].filter(({ kind }) => kind === 'payment');
          const taken = intents.flatMap(({ captures, amount }) => Array.from({ length: captures }, () => amount));
          const back = intents.flatMap(({ refunds }) => refunds).reduce((sum, one) => sum + one, 0);
          const last = course.at(-1)!;

          // Once, and the price of the appointment.
          expect(taken.length).toBeLessThanOrEqual(1);
          expect([0, PRICE]).toContain(taken[0] ?? 0);
          const kept = (taken[0] ?? 0) - back;
          const held = intents.filter(({ status }) => status === 'requires_capture').length;

          if (['rejected', 'lost'].includes(last)) expect([kept, held]).toEqual([0, 0]);
          if (last === 'cancelled') {
            // By the policy where it was taken before, whole where it was taken after.
            expect(refund === undefined ? [0] : [0, PRICE - refund]).toContain(kept);
            expect(held).toBe(0);
          }
          // Nothing is begun for a visit that has lost its doctor: whoever has the page open can pay no more.
          if (last === 'without-doctor') {
            expect(held).toBe(0);
            expect(['none', 'due', 'paid', 'failed']).toContain(state.status);
            if (kept === 0) expect(state.intent?.kind).not.toBe('payment');
          }
          // What was authorised for an accepted visit is taken; what was not is still to be paid.
          if (['accepted', 'completed', 'missed'].includes(last)) {
            expect([0, PRICE]).toContain(kept);
            expect(held).toBe(0);
          }
          if (last === 'expired' && state.status !== 'authorised') expect([kept, held]).toEqual([0, 0]);

          // We know what the provider knows.
          expect(state.captured).toBe(taken[0] ?? 0);
          expect(refundedOf(state)).toBe(back);

          // The books: every transaction balances, and the provider's account is what the provider has.
          const entries = [...charges.ledger.values()].map(({ entries: all }) => all);
          for (const all of entries) expect(all.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
          const account = (name: string) =>
            entries.flat().reduce((sum, { account: of, amount }) => (of === name ? sum + amount : sum), 0);
          expect(account('provider')).toBe(kept - (taken.length > 0 ? 10 : 0));
          expect(account('holds')).toBe(held * PRICE);

          // The news: in order, each once, and a capture at most once.
          const sequences = charges.facts.map(({ sequence }) => sequence);
          expect(new Set(sequences).size).toBe(sequences.length);
          expect([...sequences].sort((a, b) => a - b)).toEqual(sequences);
          expect(charges.facts.filter(({ name }) => name === 'captured').length).toBe(taken.length);
        },
      ),
      { numRuns: 4_000, seed: Number(process.env.FC_SEED ?? 20_261_123) },
    );
  }, 60_000);
});
