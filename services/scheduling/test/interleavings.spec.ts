import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnswerAppointmentHandler } from '../src/application/answer-appointment.js';
import { BookAppointmentHandler } from '../src/application/book-appointment.js';
import { EndLapsedHolds } from '../src/application/end-lapsed-holds.js';
import { ExpireRequestsHandler } from '../src/application/expire-requests.js';
import { FindSlotsHandler } from '../src/application/find-slots.js';
import { FollowPaymentHandler } from '../src/application/follow-payment.js';
import { AvailabilityHandler } from '../src/application/publish-availability.js';
import { SettlePracticeHandler } from '../src/application/settle-practice.js';
import { Summaries } from '../src/application/summaries.js';
import { isPaid } from '../src/domain/appointment.js';
import type { AppointmentFact, AppointmentState, PaymentStatus, Side } from '../src/domain/appointment-state.js';
import { type AvailabilityPlan, defaultPlan } from '../src/domain/availability-plan.js';
import { ConcurrentChange } from '../src/domain/errors.js';
import { MAX_HOLDS } from '../src/domain/hold-policy.js';
import { slotId } from '../src/domain/slot.js';
import {
  InMemoryAppointments,
  InMemoryClaims,
  InMemoryDoctors,
  InMemoryPractices,
  isLiving,
  MovedClock,
  type Pause,
  SnapshotOf,
  ticksOf,
  UnknownPatients,
} from './in-memory.js';

const PATIENTS = 4;
const HOLD_MINUTES = 10;
const START = new Date('2026-11-23T08:50:00Z');

const planOf = (over: Partial<AvailabilityPlan>, amount = 60_000): AvailabilityPlan => ({
  ...defaultPlan,
  timeZone: 'UTC',
  minNoticeMinutes: 0,
  dates: [
    {
      date: '2026-11-23',
      start: '09:00',
      end: '10:30',
      slotMinutes: 15,
      mode: 'video',
      price: { amount, currency: 'TND' },
    },
  ],
  ...over,
});

const plans: Record<string, AvailabilityPlan> = {
  'asks-first': planOf({ payment: 'at-booking' }),
  'accepts-at-once': planOf({ payment: 'at-booking', autoAccept: true }),
  'is-paid-later': planOf({ payment: 'after-acceptance' }),
  'is-free': planOf({ payment: 'at-booking' }, 0),
};
const doctorIds = Object.keys(plans);

/** What billing may say of one payment, in the order in which it says so. */
const stories: PaymentStatus[][] = [
  ['processing', 'authorised', 'paid', 'refunded'],
  ['failed', 'authorised', 'voided'],
  ['requires-action', 'failed'],
  ['authorised', 'failed', 'authorised', 'paid'],
  ['authorised', 'voided'],
  ['requires-action', 'paid', 'partly-refunded'],
];

type Step =
  | { do: 'book'; patient: number; doctor: number; slot: number }
  | { do: 'hear'; appointment: number; word: number }
  | { do: 'answer'; appointment: number; answer: 'accept' | 'reject' | 'complete' | 'miss' }
  | { do: 'cancel'; appointment: number; by: Side }
  | { do: 'sweep' }
  | { do: 'bar'; doctor: number }
  | { do: 'show'; doctor: number }
  | { do: 'change-terms'; doctor: number; cutoffHours: number };

const index = fc.nat({ max: 7 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('book' as const),
      patient: fc.nat({ max: PATIENTS - 1 }),
      doctor: fc.nat({ max: doctorIds.length - 1 }),
      slot: fc.nat({ max: 5 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('hear' as const), appointment: index, word: fc.nat({ max: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      appointment: index,
      answer: fc.constantFrom('accept', 'reject', 'complete', 'miss'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('cancel' as const),
      appointment: index,
      by: fc.constantFrom('patient', 'doctor'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('bar' as const),
      doctor: fc.nat({ max: doctorIds.length - 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('show' as const),
      doctor: fc.nat({ max: doctorIds.length - 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('change-terms' as const),
      doctor: fc.nat({ max: doctorIds.length - 1 }),
      cutoffHours: fc.nat({ max: 48 }),
    }),
  },
);

/** Steps taken at the same time, after so many minutes in which nothing happens. */
const moment = fc.record({
  minutes: fc.constantFrom(0, 0, 1, 4, HOLD_MINUTES, 15),
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
});

const REFUSALS = new Set([
  'slot-taken',
  'too-many-holds',
  'too-many-requests-open',
  'invalid-transition',
  'too-early',
  'too-late',
  'not-found',
  'not-practising',
  'conflict',
]);

/** Scheduling's own handlers over an in-memory repository that lets others go on between any two of its steps. */
class Clinic {
  readonly clock = new MovedClock(START);
  readonly appointments: InMemoryAppointments;
  /** Billing's words that were taken in, by appointment. */
  readonly heard = new Map<string, Set<number>>();
  private readonly summaries: Summaries;
  private readonly claims: InMemoryClaims;
  private readonly stories = new Map<string, PaymentStatus[]>();
  private readonly doctors = new InMemoryDoctors();
  private readonly booking: BookAppointmentHandler;
  private readonly answers: AnswerAppointmentHandler;
  private readonly expiry: ExpireRequestsHandler;
  private readonly practices: InMemoryPractices;
  private readonly practice: SettlePracticeHandler;
  private readonly availability: AvailabilityHandler;
  private count = 0;

  private constructor(pause: Pause) {
    this.appointments = new InMemoryAppointments(pause);
    this.claims = new InMemoryClaims(this.appointments, pause);
    const slots = new FindSlotsHandler(this.doctors, this.claims, this.clock);
    this.summaries = new Summaries(this.doctors, slots, this.clock);
    const ids = { next: () => `appointment-${(this.count += 1)}` };
    const holds = { minutes: HOLD_MINUTES };
    this.booking = new BookAppointmentHandler(
      this.doctors,
      new UnknownPatients(),
      this.appointments,
      this.claims,
      new EndLapsedHolds(this.appointments, this.claims),
      slots,
      this.summaries,
      this.clock,
      ids,
      holds,
    );
    this.practices = new InMemoryPractices(this.doctors, this.appointments, pause);
    this.answers = new AnswerAppointmentHandler(this.appointments, this.practices, this.summaries, this.clock);
    this.practice = new SettlePracticeHandler(this.practices, this.appointments, this.summaries, this.clock);
    this.expiry = new ExpireRequestsHandler(this.appointments, this.summaries, this.clock);
    this.availability = new AvailabilityHandler(this.doctors, this.practices, this.summaries);
  }

  static async open(pause: Pause): Promise<Clinic> {
    const clinic = new Clinic(pause);
    for (const id of doctorIds) await clinic.doctors.publishAvailability(id, plans[id]!);
    return clinic;
  }

  barredSince(doctorId: string): Promise<Date | undefined> {
    return this.practices.barredSince(doctorId);
  }

  get states(): AppointmentState[] {
    return [...this.appointments.states.values()];
  }

  factsOf(id: string): AppointmentFact[] {
    return this.appointments.facts.filter(({ appointment }) => appointment.id === id);
  }

  storyOf(id: string): PaymentStatus[] {
    const known = this.stories.get(id) ?? stories[this.stories.size % stories.length]!;
    this.stories.set(id, known);
    return known;
  }

  /** @throws unless it is done or refused for a reason that callers are told */
  async take(step: Step): Promise<void> {
    try {
      await this.try(step);
    } catch (error) {
      if (!REFUSALS.has((error as { code?: string }).code ?? '')) throw error;
    }
  }

  /** Billing's word number `word` of the appointment's story; the bus repeats what failed. */
  async hear(id: string, word: number): Promise<void> {
    const status = this.storyOf(id)[word];
    if (status === undefined) return;
    this.heard.set(id, (this.heard.get(id) ?? new Set()).add(word));
    const payment = { status, paymentId: `pay-${id}`, sequence: word + 1 };
    for (;;) {
      try {
        const inTransaction = new SnapshotOf(this.appointments);
        const lapsedHolds = new EndLapsedHolds(inTransaction, this.claims);
        const { practices, summaries, clock } = this;
        const handler = new FollowPaymentHandler(inTransaction, lapsedHolds, practices, summaries, clock);
        return await handler.execute(id, payment);
      } catch (error) {
        if (!(error instanceof ConcurrentChange)) throw error;
      }
    }
  }

  async sweep(): Promise<void> {
    await this.expiry.lapseHolds();
    await this.expiry.execute();
    await this.settle();
  }

  /** Until nobody else was faster with any. */
  async settle(): Promise<void> {
    while (await this.practice.execute());
  }

  private async try(step: Step): Promise<unknown> {
    if (step.do === 'book') return this.book(step);
    if (step.do === 'sweep') return this.sweep();
    if (step.do === 'bar') return this.doctors.bar(doctorIds[step.doctor]!, this.clock.now());
    if (step.do === 'show') {
      const names = { firstName: 'Karim', lastName: 'Trabelsi', specializations: [], city: 'Tunis' };
      return this.doctors.show({ id: doctorIds[step.doctor]!, ...names });
    }
    if (step.do === 'change-terms') {
      const doctorId = doctorIds[step.doctor]!;
      const cancellation = { cutoffHours: step.cutoffHours, tiers: [] };
      const by = { role: 'doctor', id: doctorId, addressProven: true } as const;
      return this.availability.publish(by, { ...plans[doctorId]!, cancellation }, undefined);
    }
    const state = this.states[step.appointment];
    if (!state) return;
    if (step.do === 'hear') return this.hear(state.id, step.word);
    const target = (side: Side) => ({
      appointmentId: state.id,
      by: { role: side, id: state[side].id, addressProven: true },
    });
    if (step.do === 'cancel') return this.answers.cancel(target(step.by), null);
    if (step.answer === 'reject') return this.answers.reject(target('doctor'), 'Absent');
    return this.answers[step.answer](target('doctor'));
  }

  private async book({ patient, doctor, slot }: Step & { do: 'book' }): Promise<unknown> {
    const found = await this.doctors.find(doctorIds[doctor]!);
    const all = [...found!.availability.slots(START, new Date(START.getTime() + 86_400_000), START)];
    const id = `patient-${patient}`;
    const person = { id, firstName: 'Amina', lastName: 'Ben Salah' };
    return this.booking.execute({ slotId: slotId(all[slot]!), patient: person, reason: null, mayConfirm: true });
  }
}

const namesOf = (facts: AppointmentFact[]): string => facts.map(({ name }) => name).join(' ');

/** All that an appointment may ever go through, as the words of its facts. */
const LIVES = [
  // Paid in time or late, or asked for without a hold; then answered, or not.
  /^(held (expired )?)?requested( rejected| cancelled| expired| accepted( doctor-unavailable doctor-available)*( doctor-unavailable)?( cancelled| completed| missed)?)?$/,
  // Never paid, or too late.
  /^held( cancelled| expired( hold-lost)?)?$/,
];

function checkOne(clinic: Clinic, state: AppointmentState): void {
  const { id, status, announced, holdLost, payment, price, timing, refund } = state;
  const facts = clinic.factsOf(id);
  const heard = [...(clinic.heard.get(id) ?? [])];
  const story = clinic.storyOf(id);
  expect(LIVES.some((life) => life.test(namesOf(facts)))).toBe(true);
  const versions = facts.map(({ appointment }) => appointment.version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  const atBooking = timing === 'at-booking' && price.amount > 0;
  expect(facts[0]!.name).toBe(atBooking ? 'held' : 'requested');
  if (atBooking && announced) expect(heard.some((word) => isPaid({ status: story[word]! }))).toBe(true);
  const last = Math.max(-1, ...heard);
  expect([payment.sequence, payment.status]).toEqual(
    last < 0 ? [0, price.amount === 0 ? 'none' : 'due'] : [last + 1, story[last]],
  );
  if (isPaid(payment)) expect(status).not.toBe('held');
  if (isPaid(payment) && status === 'expired' && !announced) expect(holdLost).toBe(true);
  expect(holdLost === true).toBe(namesOf(facts).endsWith('hold-lost'));
  expect(state.policy).toEqual(facts[0]!.appointment.policy);
  if (state.cancellation?.by === 'doctor') expect(refund).toMatchObject({ percent: 100, amount: price.amount });
  if (facts.at(-2)?.appointment.doctorUnavailable && status === 'cancelled') expect(refund?.percent).toBe(100);
  expect(state.doctorUnavailable !== undefined).toBe(namesOf(facts).endsWith('doctor-unavailable'));
  if (refund) expect(refund.amount).toBeLessThanOrEqual(price.amount);
}

function checkAll(clinic: Clinic): void {
  const now = clinic.clock.now();
  const living = clinic.states.filter((state) => isLiving(state, now)).flatMap((state) => ticksOf(state));
  expect(living).toHaveLength(new Set(living).size);
  for (let patient = 0; patient < PATIENTS; patient += 1) {
    const id = `patient-${patient}`;
    expect(clinic.appointments.holdsOf(id, now)).toBeLessThanOrEqual(MAX_HOLDS);
    for (const doctorId of doctorIds)
      expect(clinic.appointments.openRequestsOf(id, doctorId)).toBeLessThanOrEqual(
        clinic.appointments.limitsOf(id, doctorId).doctor,
      );
  }
  for (const state of clinic.states) checkOne(clinic, state);
}

/** Once all has settled: who may see nobody has no visit ahead but those that their patients are to move or call off. */
async function checkPractice(clinic: Clinic): Promise<void> {
  const now = clinic.clock.now();
  for (const { doctor, status, startsAt, doctorUnavailable } of clinic.states) {
    const barredSince = await clinic.barredSince(doctor.id);
    if (!barredSince) expect(doctorUnavailable).toBeUndefined();
    else if (startsAt >= barredSince) {
      expect(status).not.toMatch(/held|requested/);
      if (status === 'accepted') expect([doctorUnavailable, startsAt > now]).toEqual([true, true]);
    }
  }
}

describe('whatever comes in whatever order', () => {
  it('nobody’s time is given twice, no doctor hears of what is not paid, no payment is left without an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(moment, { maxLength: 12 }), async (scheduler, moments) => {
        const clinic = await Clinic.open(() => scheduler.schedule(Promise.resolve()));
        for (const { minutes, steps } of moments) {
          clinic.clock.pass(minutes);
          await scheduler.waitFor(Promise.all(steps.map((step) => clinic.take(step))));
          checkAll(clinic);
          await scheduler.waitFor(clinic.settle());
          checkAll(clinic);
          await scheduler.waitFor(checkPractice(clinic));
        }
        // In the end every word of billing arrives, the last one first, and time runs out for whoever still waits.
        const rest = clinic.states.flatMap(({ id }) =>
          clinic.storyOf(id).map((_, word, { length }) => [id, length - 1 - word] as const),
        );
        await scheduler.waitFor(Promise.all(rest.map(([id, word]) => clinic.hear(id, word))));
        clinic.clock.pass(24 * 60);
        await scheduler.waitFor(clinic.sweep());
        checkAll(clinic);
        expect(clinic.states.filter(({ status }) => ['held', 'requested'].includes(status))).toEqual([]);
      }),
      { numRuns: 300, seed: Number(process.env.FC_SEED ?? 20_261_123) },
    );
  }, 120_000);

  it('a payment that comes after the hold wins the time back exactly while nobody else has it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.constantFrom(HOLD_MINUTES, HOLD_MINUTES + 2, HOLD_MINUTES + 30),
        fc.boolean(),
        fc.boolean(),
        async (scheduler, minutes, isSwept, isWanted) => {
          const clinic = await Clinic.open(() => scheduler.schedule(Promise.resolve()));
          const book = (patient: number) => clinic.take({ do: 'book', patient, doctor: 0, slot: 1 });
          await scheduler.waitFor(book(0));
          clinic.clock.pass(minutes);
          if (isSwept) await scheduler.waitFor(clinic.sweep());
          const first = clinic.states[0]!;
          expect(first.status).toBe(isSwept ? 'expired' : 'held');
          // Its story's second word is the first that pays.
          const paid = clinic.hear(first.id, 1);
          await scheduler.waitFor(Promise.all(isWanted ? [paid, book(1)] : [paid]));
          checkAll(clinic);
          const [late, other] = clinic.states;
          const isPast = clinic.clock.now() >= late!.startsAt;
          const isWon = !isPast && !other;
          expect(late!.status).toBe(isWon ? 'requested' : 'expired');
          expect(late!.holdLost === true).toBe(!isWon);
        },
      ),
      { numRuns: 200, seed: Number(process.env.FC_SEED ?? 20_261_123) },
    );
  }, 60_000);
});
