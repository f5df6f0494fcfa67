import fc from 'fast-check';
import type { AppointmentNews } from '../src/domain/appointment-news.js';
import type { AppointmentStatus, Timing } from '../src/domain/charge-state.js';
import { DAY_MS, MINUTE_MS } from '../src/domain/values.js';
import { billingInMemory, payer } from './in-memory.js';
import { card, type Fault } from './provider-in-memory.js';

export const PRICE = 60_000;
const POLICY_REFUND = 30_000;

/** What an appointment may live through, as scheduling would tell it. */
export const lives: Record<string, { timing: Timing; course: AppointmentStatus[]; refund?: number }> = {
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

export type Action =
  | { kind: 'news'; at: number }
  /** Without a method the page confirms. */
  | { kind: 'pay'; method: string | null }
  | { kind: 'confirm in page'; succeeds: boolean }
  | { kind: 'webhook'; at: number }
  | { kind: 'settle' }
  | { kind: 'wait'; minutes: number };

export const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('news' as const), at: fc.nat({ max: 4 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      method: fc.constantFrom<string | null>(...Object.values(card), card.good, null),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('confirm in page' as const), succeeds: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('webhook' as const), at: fc.nat({ max: 5 }) }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'settle' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.nat({ max: 20 }) }) },
);

export const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constantFrom<Fault>('unsent', 'lost', 'failed-before', 'failed-after') },
);

const ANSWERS = [
  'not-payable',
  'already-paid',
  'payment-in-progress',
  'payment-declined',
  'payment-provider-unavailable',
  'not-found',
  'conflict',
  'validation-failed',
];

/** Refusals and outages are answers; anything else is a fault of ours. */
const answered = async (work: Promise<unknown>): Promise<void> => {
  await work.catch((error: { code?: string }) => {
    if (!ANSWERS.includes(error.code ?? '')) throw error;
  });
};

export type Outcome = Awaited<ReturnType<typeof live>>;

/** @param rounds what is in one of them happens at the same moment, in two processes */
export async function live(life: string, isFar: boolean, rounds: Action[][], faults: Fault[]) {
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
  const about = { by: payer, appointmentId: 'a1', saveMethod: false };
  const perform = async (one: Action, process: (typeof processes)[number]): Promise<unknown> => {
    switch (one.kind) {
      case 'news':
        return follow(process, Math.min(one.at, course.length - 1));
      case 'pay':
        return process.pay.execute({ ...about, ...(one.method !== null && { methodId: one.method }) });
      case 'confirm in page':
        return provider.authenticate(intentId() ?? '', one.succeeds);
      case 'webhook': {
        // Late, twice and out of order.
        const event = provider.events.at(-1 - one.at);
        return event && process.webhook.execute(event);
      }
      case 'settle':
        return process.settle.execute(chargeId());
      case 'wait':
        return clock.pass(one.minutes * MINUTE_MS);
    }
  };

  await follow(processes[0], 0);
  provider.faults = [...faults];
  for (const round of rounds) {
    await Promise.all(round.map((one, at) => answered(perform(one, processes[at % 2]!))));
  }
  provider.faults = [];
  // All that was to be told has been told at last, and whatever waits has its turn.
  await follow(processes[0], course.length - 1);
  const settle = async () => {
    for (let look = 0; look < 8; look += 1) {
      clock.pass(2 * MINUTE_MS);
      await processes[0].settle.execute(chargeId());
    }
  };
  await settle();
  return { state: () => charges.states.get(chargeId())!, charges, provider, course, refund, settle };
}
