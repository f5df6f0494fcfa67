import type {
  AppointmentFact,
  AppointmentState,
  FactName,
  PaymentState,
  PaymentTiming,
  Side,
  Status,
} from './appointment-state.js';
import { type CancellationPolicy, refundPercent } from './cancellation-policy.js';
import { outcomeOf } from './doctor-days.js';
import { EmailNotVerified, InvalidTransition, TooEarly, TooLate } from './errors.js';
import { isOpenRequest } from './open-requests.js';
import { shareOf } from './price.js';
import type { Slot } from './slot.js';
import { minutesAfter, type Person } from './values.js';

/** On what terms a doctor can be booked. */
export interface BookingTerms {
  readonly payment: PaymentTiming;
  readonly autoAccept: boolean;
  readonly cancellation: CancellationPolicy;
  /** How long a slot waits for its payment. */
  readonly holdMinutes: number;
}

export interface Booking {
  readonly id: string;
  readonly slot: Slot;
  readonly doctor: Person;
  readonly patient: Person;
  readonly reason: string | null;
  readonly terms: BookingTerms;
  /** Whether the patient may ask for the doctor's time; who may not can hold it for a payment. Default true. */
  readonly mayConfirm?: boolean;
}

/** How many slots a patient may hold at a time: they are held to be paid, not to be kept from others. */
export const MAX_HOLDS = 3;
/** A visit may begin early. */
const COMPLETE_EARLY_MINUTES = 15;
/** A patient who is late by less may still come. */
const NO_SHOW_AFTER_MINUTES = 10;

/** Something was given for it: set aside or taken. */
export const isPaid = ({ status }: Pick<PaymentState, 'status'>): boolean =>
  status === 'authorised' || status === 'paid';

export class Appointment {
  private readonly recorded: AppointmentFact[] = [];

  private constructor(
    private current: AppointmentState,
    /** As it is in the database; undefined before it was saved. */
    private readonly saved: AppointmentState | undefined,
  ) {}

  /**
   * Held for its payment where the doctor is paid at booking, else requested, or accepted at once.
   * @throws EmailNotVerified where it would be more than a hold and the patient may not
   */
  static book({ id, slot, doctor, patient, reason, terms, mayConfirm = true }: Booking, now: Date): Appointment {
    const { startsAt, endsAt, mode, price, bufferMinutes } = slot;
    const { payment: timing, autoAccept, cancellation: policy, holdMinutes } = terms;
    const isFree = price.amount === 0;
    const held = timing === 'at-booking' && !isFree;
    if (!held && !mayConfirm) throw new EmailNotVerified('the patient’s address is not proven');
    const holdEnds = minutesAfter(now, holdMinutes);
    const appointment = new Appointment(
      {
        id,
        doctor,
        patient,
        startsAt,
        endsAt,
        mode,
        price,
        bufferMinutes,
        reason,
        status: held ? 'held' : 'requested',
        timing,
        policy,
        payment: { status: isFree ? 'none' : 'due', sequence: 0 },
        autoAccept,
        ...(held && { holdUntil: holdEnds < startsAt ? holdEnds : startsAt }),
        announced: !held,
        createdAt: now,
        version: 1,
      },
      undefined,
    );
    appointment.record(held ? 'held' : 'requested', now);
    if (autoAccept && !held) appointment.accept(now);
    return appointment;
  }

  static restore(state: AppointmentState): Appointment {
    return new Appointment(state, state);
  }

  get state(): AppointmentState {
    return this.current;
  }

  get facts(): readonly AppointmentFact[] {
    return this.recorded;
  }

  /** Version in the database; 0 before it was saved. */
  get savedVersion(): number {
    return this.saved?.version ?? 0;
  }

  /** True while it waits for an answer with nothing given for it: of such a patient may have few. */
  get isOpenRequest(): boolean {
    return isOpenRequest(this.current);
  }

  /** True when it was one, and is no more from this step on. */
  get endsRequest(): boolean {
    return this.saved !== undefined && isOpenRequest(this.saved) && !this.isOpenRequest;
  }

  /** True when the doctor's and the patient's time is free again. */
  get releasesTime(): boolean {
    return ['rejected', 'cancelled', 'expired'].includes(this.current.status);
  }

  /** True when what became of it is known for good from this step on. */
  get isSettledNow(): boolean {
    return outcomeOf(this.current) !== undefined && this.recorded.some(({ name }) => name === this.current.status);
  }

  /** True when what was only held is claimed for good from now on. */
  get confirmsHold(): boolean {
    return this.recorded.some(({ name }) => name === 'requested') && this.savedVersion > 0;
  }

  /** Billing's word; older than what is known: ignored. @returns whether it is news */
  learnPayment(payment: PaymentState, now: Date): boolean {
    if (payment.sequence <= this.current.payment.sequence) return false;
    this.current = { ...this.current, payment, version: this.current.version + 1 };
    if (this.current.status === 'held' && isPaid(payment)) {
      if (now < this.current.startsAt) this.confirm(now);
      else this.expire(now);
    }
    return true;
  }

  /** Its hold lapsed and its payment came all the same; what becomes of it is open yet. */
  get isLatePayment(): boolean {
    const { status, announced, holdLost, payment } = this.current;
    return status === 'expired' && !announced && !holdLost && isPaid(payment);
  }

  /** There is still a visit to be had for the payment that came late. */
  canRevive(now: Date): boolean {
    return this.isLatePayment && now < this.current.startsAt;
  }

  /** The time could be claimed again. @throws InvalidTransition unless {@link canRevive} */
  revive(now: Date): void {
    if (!this.canRevive(now)) throw new InvalidTransition('revive', this.current.status);
    this.confirm(now);
  }

  /** Somebody else has the time, or it has passed: the payment is to go back. @throws InvalidTransition unless it is late */
  loseHold(now: Date): void {
    if (!this.isLatePayment) throw new InvalidTransition('loseHold', this.current.status);
    this.change({ holdLost: true }, 'hold-lost', now);
  }

  /** @throws InvalidTransition unless it is requested and has not begun */
  accept(now: Date): void {
    this.expect('accept', 'requested');
    if (now >= this.current.startsAt) throw new InvalidTransition('accept', 'past');
    this.change({ status: 'accepted' }, 'accepted', now);
  }

  /** @throws InvalidTransition unless it is requested */
  reject(reason: string, now: Date): void {
    this.expect('reject', 'requested');
    this.change({ status: 'rejected', rejection: { reason } }, 'rejected', now, { by: 'doctor', reason });
  }

  /** @throws InvalidTransition when it is over already; TooLate once it has begun */
  cancel(by: Side, reason: string | null, now: Date): void {
    this.expect('cancel', 'held', 'requested', 'accepted');
    if (now >= this.current.startsAt) throw new TooLate(this.current.startsAt);
    const change = {
      status: 'cancelled' as const,
      cancellation: { by, reason },
      refund: this.refundFor(by, now),
      holdUntil: undefined,
    };
    this.change(change, 'cancelled', now, { by, ...(reason !== null && { reason }) });
  }

  /** @throws InvalidTransition unless accepted; TooEarly more than 15 minutes before the start */
  complete(now: Date): void {
    this.expect('complete', 'accepted');
    this.notBefore(minutesAfter(this.current.startsAt, -COMPLETE_EARLY_MINUTES), now);
    this.change({ status: 'completed' }, 'completed', now);
  }

  /** @throws InvalidTransition unless accepted; TooEarly until 10 minutes after the start */
  miss(now: Date): void {
    this.expect('miss', 'accepted');
    this.notBefore(minutesAfter(this.current.startsAt, NO_SHOW_AFTER_MINUTES), now);
    this.change({ status: 'missed' }, 'missed', now);
  }

  /** Nobody answered, or paid, in time. @throws InvalidTransition unless requested or held; TooEarly before its time */
  expire(now: Date): void {
    this.expect('expire', 'requested', 'held');
    this.notBefore(this.current.holdUntil ?? this.current.startsAt, now);
    this.change({ status: 'expired', holdUntil: undefined }, 'expired', now);
  }

  private confirm(now: Date): void {
    this.change({ status: 'requested', announced: true, holdUntil: undefined }, 'requested', now);
    if (this.current.autoAccept && now < this.current.startsAt) this.accept(now);
  }

  /** What is only set aside is let go whole; what is taken goes back by the policy, or whole where the doctor cancels. */
  private refundFor(by: Side, now: Date): AppointmentState['refund'] {
    const { payment, price, policy, startsAt, status } = this.current;
    const whole = by === 'doctor' || payment.status === 'authorised' || status !== 'accepted';
    const percent = whole ? 100 : refundPercent(policy, startsAt, now);
    return { percent, amount: shareOf(price, percent), given: isPaid(payment) };
  }

  private expect(step: string, ...allowed: Status[]): void {
    if (!allowed.includes(this.current.status)) throw new InvalidTransition(step, this.current.status);
  }

  private notBefore(from: Date, now: Date): void {
    if (now < from) throw new TooEarly(from);
  }

  private change(
    change: Partial<AppointmentState>,
    fact: FactName,
    now: Date,
    said: Pick<AppointmentFact, 'by' | 'reason'> = {},
  ): void {
    this.current = { ...this.current, ...change, version: this.current.version + 1 };
    this.record(fact, now, said);
  }

  private record(name: FactName, at: Date, said: Pick<AppointmentFact, 'by' | 'reason'> = {}): void {
    this.recorded.push({ name, at, appointment: this.current, ...said });
  }
}
