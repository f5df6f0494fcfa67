import { CountryRules } from '@medflow/rules';
import { AnswerAppointmentHandler } from '../../src/application/answer-appointment.js';
import { BookAppointmentHandler } from '../../src/application/book-appointment.js';
import { ChangeAppointment } from '../../src/application/change-appointment.js';
import { EndLapsedHolds } from '../../src/application/end-lapsed-holds.js';
import { Examinations } from '../../src/application/examinations.js';
import { ExpireRequestsHandler } from '../../src/application/expire-requests.js';
import { FindSlotsHandler } from '../../src/application/find-slots.js';
import { FollowPaymentHandler } from '../../src/application/follow-payment.js';
import { AvailabilityHandler } from '../../src/application/publish-availability.js';
import { RescheduleAppointmentHandler } from '../../src/application/reschedule-appointment.js';
import { ReserveSlotHandler } from '../../src/application/reserve-slot.js';
import { SettlePracticeHandler } from '../../src/application/settle-practice.js';
import { Summaries } from '../../src/application/summaries.js';
import type { AppointmentFact, AppointmentState, PaymentStatus, Side } from '../../src/domain/appointment-state.js';
import { type AvailabilityPlan, defaultPlan } from '../../src/domain/availability-plan.js';
import { ConcurrentChange } from '../../src/domain/errors.js';
import { slotId } from '../../src/domain/slot.js';
import { InMemoryAppointments, SnapshotOf } from '../in-memory/appointments.js';
import { InMemoryClaims } from '../in-memory/claims.js';
import { DoctorPatientsInMemory } from '../in-memory/doctor-patients.js';
import { InMemoryDoctors } from '../in-memory/doctors.js';
import { UnknownPatients } from '../in-memory/patients.js';
import { ImpatientPractices } from '../in-memory/practices.js';
import { InMemorySummaryWork } from '../in-memory/summary-work.js';
import { InMemoryReservations } from '../in-memory/reservations.js';
import { MovedClock, type Pause } from '../in-memory/time.js';

export const PATIENTS = 4;
export const HOLD_MINUTES = 10;
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
  // Accepted visits may be moved until they begin.
  'is-paid-later': planOf({ payment: 'after-acceptance', cancellation: { cutoffHours: 0, tiers: [] } }),
  'is-free': planOf({ payment: 'at-booking' }, 0),
};
export const doctorIds = Object.keys(plans);

/** What billing may say of one payment, in the order in which it says so. */
const stories: PaymentStatus[][] = [
  ['processing', 'authorised', 'paid', 'refunded'],
  ['failed', 'authorised', 'voided'],
  ['requires-action', 'failed'],
  ['authorised', 'failed', 'authorised', 'paid'],
  ['authorised', 'voided'],
  ['requires-action', 'paid', 'partly-refunded'],
];

export type Step =
  | { do: 'book'; patient: number; doctor: number; slot: number }
  | { do: 'reserve'; patient: number; doctor: number; slot: number }
  | { do: 'deliver-payment'; appointment: number; word: number }
  | { do: 'answer'; appointment: number; answer: 'accept' | 'reject' | 'complete' | 'declineVideo' | 'miss' }
  | { do: 'cancel'; appointment: number; by: Side }
  | { do: 'move'; appointment: number; slot: number; by: Side }
  | { do: 'answer-proposal'; appointment: number; answer: 'accept' | 'decline' }
  | { do: 'sweep' }
  | { do: 'bar'; doctor: number }
  | { do: 'show'; doctor: number }
  | { do: 'change-terms'; doctor: number; cutoffHours: number };

const REFUSALS = new Set([
  'slot-taken',
  'slot-not-reservable',
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
export class Clinic {
  readonly clock = new MovedClock(START);
  readonly appointments: InMemoryAppointments;
  /** Billing's words that were taken in, by appointment. */
  readonly heard = new Map<string, Set<number>>();
  private readonly summaries: Summaries;
  private readonly claims: InMemoryClaims;
  private readonly stories = new Map<string, PaymentStatus[]>();
  private readonly doctors = new InMemoryDoctors();
  private readonly reserving: ReserveSlotHandler;
  /** The last of each patient, from before they booked. */
  private readonly reservations = new Map<number, string>();
  private readonly booking: BookAppointmentHandler;
  private readonly answers: AnswerAppointmentHandler;
  private readonly rescheduling: RescheduleAppointmentHandler;
  private readonly expiry: ExpireRequestsHandler;
  private readonly practices: ImpatientPractices;
  private readonly practice: SettlePracticeHandler;
  private readonly availability: AvailabilityHandler;
  private count = 0;
  /** Of profiles. */
  private words = 0;

  private constructor(pause: Pause) {
    this.appointments = new InMemoryAppointments(pause);
    this.claims = new InMemoryClaims(this.appointments, pause);
    const slots = new FindSlotsHandler(this.doctors, this.claims, this.clock);
    this.summaries = new Summaries(new InMemorySummaryWork(), slots, this.clock);
    const reservations = new InMemoryReservations(this.appointments, pause);
    this.reserving = new ReserveSlotHandler(this.doctors, reservations, slots, this.clock);
    const ids = { next: () => `appointment-${(this.count += 1)}` };
    const holds = { minutes: HOLD_MINUTES };
    const lapsedHolds = new EndLapsedHolds(this.appointments, this.claims);
    const examinations = new Examinations(new CountryRules(), new DoctorPatientsInMemory(this.appointments));
    this.booking = new BookAppointmentHandler(
      this.doctors,
      new UnknownPatients(),
      this.appointments,
      this.claims,
      lapsedHolds,
      slots,
      examinations,
      this.summaries,
      this.clock,
      ids,
      holds,
    );
    this.practices = new ImpatientPractices(this.doctors, this.appointments, pause);
    const changes = new ChangeAppointment(this.appointments, this.practices, this.summaries, this.clock);
    this.answers = new AnswerAppointmentHandler(changes);
    this.rescheduling = new RescheduleAppointmentHandler(
      changes,
      this.doctors,
      lapsedHolds,
      slots,
      examinations,
      this.clock,
    );
    this.practice = new SettlePracticeHandler(this.practices, this.appointments, this.summaries, this.clock);
    this.expiry = new ExpireRequestsHandler(this.appointments, this.summaries, this.clock);
    this.availability = new AvailabilityHandler(this.doctors, this.practices, this.summaries);
  }

  static async open(pause: Pause): Promise<Clinic> {
    const clinic = new Clinic(pause);
    for (const id of doctorIds) {
      await clinic.show(id);
      await clinic.doctors.publishAvailability(id, plans[id]!, undefined);
    }
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
  async perform(step: Step): Promise<void> {
    try {
      await this.try(step);
    } catch (error) {
      if (!REFUSALS.has((error as { code?: string }).code ?? '')) throw error;
    }
  }

  /** Billing's word number `word` of the appointment's story; the bus repeats what failed. */
  async deliverPayment(id: string, word: number): Promise<void> {
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
    await this.expiry.expireHolds();
    await this.expiry.expireUnanswered();
    await this.settle();
  }

  /** Until nobody else was faster with any. */
  async settle(): Promise<void> {
    for (let next: Date | undefined = this.clock.now(); next && next <= this.clock.now();)
      next = await this.practice.execute();
  }

  private async try(step: Step): Promise<unknown> {
    if (step.do === 'book') return this.book(step);
    if (step.do === 'reserve') return this.reserve(step);
    if (step.do === 'sweep') return this.sweep();
    if (step.do === 'bar') return this.doctors.bar(doctorIds[step.doctor]!, this.clock.now(), (this.words += 1));
    if (step.do === 'show') return this.show(doctorIds[step.doctor]!);
    if (step.do === 'change-terms') {
      const doctorId = doctorIds[step.doctor]!;
      const cancellation = { cutoffHours: step.cutoffHours, tiers: [] };
      const by = { role: 'doctor', id: doctorId, addressProven: true } as const;
      return this.availability.publish(by, { ...plans[doctorId]!, cancellation }, undefined);
    }
    const state = this.states[step.appointment];
    if (!state) return;
    if (step.do === 'deliver-payment') return this.deliverPayment(state.id, step.word);
    const target = (side: Side) => ({
      appointmentId: state.id,
      by: { role: side, id: state[side].id, addressProven: true },
    });
    if (step.do === 'move') {
      const slot = await this.slotOf(state.doctor.id, step.slot);
      return this.rescheduling.execute(target(step.by), slot);
    }
    if (step.do === 'answer-proposal') return this.rescheduling[step.answer](target('patient'));
    if (step.do === 'cancel') return this.answers.cancel(target(step.by), null);
    if (step.answer === 'reject') return this.answers.reject(target('doctor'), 'Absent');
    return this.answers[step.answer](target('doctor'));
  }

  private show(id: string): Promise<unknown> {
    const names = { firstName: 'Karim', lastName: 'Trabelsi', specializations: [], city: 'Tunis' };
    return this.doctors.show({ id, ...names }, (this.words += 1));
  }

  private async book({ patient, doctor, slot }: Step & { do: 'book' }): Promise<unknown> {
    const id = `patient-${patient}`;
    const person = { id, firstName: 'Amina', lastName: 'Ben Salah' };
    const reservation = this.reservations.get(patient);
    return this.booking.execute({
      slotId: await this.slotOf(doctorIds[doctor]!, slot),
      patient: person,
      reason: null,
      mayConfirm: true,
      ...(reservation !== undefined && { reservation }),
    });
  }

  private async reserve({ patient, doctor, slot }: Step & { do: 'reserve' }): Promise<void> {
    const previous = this.reservations.get(patient);
    const { id } = await this.reserving.execute(
      doctorIds[doctor]!,
      await this.slotOf(doctorIds[doctor]!, slot),
      previous,
    );
    this.reservations.set(patient, id);
  }

  private async slotOf(doctorId: string, number: number): Promise<string> {
    const found = await this.doctors.find(doctorId);
    const all = [...found!.availability.slots(START, new Date(START.getTime() + 86_400_000), START)];
    return slotId(all[number]!);
  }
}
