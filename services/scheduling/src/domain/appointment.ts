import type { AppointmentFact, AppointmentState, FactName, PaymentState, Side, Status } from './appointment-state.js';
import { timesOf } from './appointment-times.js';
import { type Booking, firstStateOf } from './booking.js';
import { EmailNotVerified, InvalidTransition, TooEarly, TooLate } from './errors.js';
import { answered, type Examination, type ExaminationSaid, isSettled } from './examination.js';
import { isOpenRequest } from './open-requests.js';
import {
  expectMovable,
  expectProposal,
  hasLapsedProposal,
  isNews,
  isProposed,
  movedTo,
  proposalOf,
  standsAt,
} from './rescheduling.js';
import { isPaid, refundOf } from './refunds.js';
import type { SearchFor } from './search-for.js';
import { type Slot, slotId } from './slot.js';
import { minutesAfter } from './values.js';

/** A visit may begin early. */
const COMPLETE_EARLY_MINUTES = 15;
/** A patient who is late by less may still come. */
const NO_SHOW_AFTER_MINUTES = 10;

const WITH_DOCTOR = { doctorUnavailable: undefined, searchFor: undefined };

/** What a fact says beyond the state that it leaves. */
type Said = Pick<AppointmentFact, 'by' | 'reason' | 'previousStartsAt' | 'proposal'>;

/** Not over. */
const OPEN: readonly Status[] = ['held', 'requested', 'accepted'];

export class Appointment {
  private readonly recorded: AppointmentFact[] = [];

  private constructor(
    private current: AppointmentState,
    /** As it is in the database; undefined before it was saved. */
    readonly saved: AppointmentState | undefined,
  ) {}

  /**
   * Held for its payment where the doctor is paid at booking, else requested, or accepted at once.
   * @throws EmailNotVerified where it would be more than a hold and the patient may not
   */
  static book(booking: Booking, now: Date): Appointment {
    const state = firstStateOf(booking, now);
    const isHeld = state.status === 'held';
    if (!isHeld && booking.mayConfirm === false) throw new EmailNotVerified('the patient’s address is not proven');
    const appointment = new Appointment(state, undefined);
    appointment.record(isHeld ? 'held' : 'requested', now);
    if (state.autoAccept && !isHeld) appointment.accept(now);
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

  /** True when the doctor's and the patient's time is free again. */
  get releasesTime(): boolean {
    return ['rejected', 'cancelled', 'expired'].includes(this.current.status);
  }

  get isChanged(): boolean {
    return this.current !== this.saved;
  }

  /**
   * Billing's word; older than what is known: ignored.
   * @param isBarred the doctor may see nobody: what is paid now is called off
   * @returns whether it is news
   */
  learnPayment(payment: PaymentState, now: Date, isBarred = false): boolean {
    if (payment.sequence <= this.current.payment.sequence) return false;
    this.current = { ...this.current, payment, version: this.current.version + 1 };
    if (this.current.status === 'held' && isPaid(payment)) {
      if (isBarred) this.callOff({}, now);
      else if (now < this.current.startsAt) this.confirm(now);
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

  /**
   * What becomes of a payment that came late: it wins the visit back where there is still one to be had and nobody has the
   * time, else it is to go back. @throws InvalidTransition unless it is late
   */
  settleLatePayment(isTimeFree: boolean, now: Date): void {
    if (!this.isLatePayment) throw new InvalidTransition('settleLatePayment', this.current.status);
    if (isTimeFree && this.canRevive(now)) this.confirm(now);
    else this.change({ holdLost: true }, 'hold-lost', now);
  }

  /** @throws InvalidTransition unless it is requested and has not begun; ExaminationUnconfirmed */
  accept(now: Date, said: ExaminationSaid = {}): void {
    this.expect('accept', 'requested');
    if (now >= this.current.startsAt) throw new InvalidTransition('accept', 'past');
    this.change({ status: 'accepted', ...answered(this.current.examination, said) }, 'accepted', now);
  }

  /** @throws InvalidTransition unless it is requested */
  reject(reason: string, now: Date): void {
    this.expect('reject', 'requested');
    this.change({ status: 'rejected', rejection: { reason } }, 'rejected', now, { by: 'doctor', reason });
  }

  /**
   * @param isBarred the doctor may see nobody, whether the appointment knows or not: all goes back
   * @throws InvalidTransition when it is over already; TooLate once it has begun
   */
  cancel(by: Side, reason: string | null, now: Date, isBarred = false): void {
    if (now >= this.current.startsAt && OPEN.includes(this.current.status)) throw new TooLate(this.current.startsAt);
    const whole = by === 'doctor' || isBarred || this.current.doctorUnavailable === true;
    this.end({ by, reason }, whole, now);
  }

  /**
   * The doctor may see nobody: what is held or asked for, or would have begun, is called off with everything back; what is
   * accepted is for the patient to move or to call off. @throws InvalidTransition when it is over, or known already
   */
  loseDoctor(searchFor: SearchFor, now: Date): void {
    const { status, startsAt, doctorUnavailable } = this.current;
    if (status !== 'accepted' || now >= startsAt) return this.callOff(searchFor, now);
    if (doctorUnavailable) throw new InvalidTransition('loseDoctor', status);
    this.change({ doctorUnavailable: true, searchFor }, 'doctor-unavailable', now);
  }

  /** The doctor may see patients again: it stands as before, unless it would have begun. @throws InvalidTransition */
  regainDoctor(now: Date): void {
    const { status, startsAt, doctorUnavailable, searchFor = {} } = this.current;
    if (!doctorUnavailable) throw new InvalidTransition('regainDoctor', status);
    if (now >= startsAt) return this.callOff(searchFor, now);
    this.change(WITH_DOCTOR, 'doctor-available', now);
  }

  /** How its doctor knows its patient, where a rule asks before it is moved; what is merely declared the doctor answers. */
  examine(examination: Examination): void {
    this.current = { ...this.current, examination, autoAccept: this.current.autoAccept && isSettled(examination) };
  }

  /**
   * Moves it at its patient's wish; where it is that slot already, nothing changes. The doctor answers anew, unless they accept
   * every booking. @throws InvalidTransition, TooLate, PriceDiffers
   */
  reschedule(slot: Slot, now: Date): void {
    if (standsAt(this.current, slotId(slot))) return;
    expectMovable(this.current, 'patient', now);
    this.moveTo(slot, this.current.autoAccept ? 'accepted' : 'requested', 'patient', now);
  }

  /**
   * The doctor would rather have it then; its time is kept until the patient agrees. It takes the place of an earlier proposal.
   * @throws InvalidTransition, TooLate, PriceDiffers
   */
  proposeReschedule(slot: Slot, now: Date): void {
    if (standsAt(this.current, slotId(slot)) || isProposed(this.current, slotId(slot), now)) return;
    expectMovable(this.current, 'doctor', now);
    const proposal = proposalOf(this.current, slot);
    this.change({ proposal }, 'reschedule-proposed', now, { by: 'doctor', proposal });
  }

  /** Both have agreed, so nobody is to answer any more. @throws InvalidTransition unless a proposal is open; PriceDiffers */
  acceptReschedule(now: Date): void {
    this.moveTo(expectProposal(this.current, 'accept-reschedule', now), 'accepted', 'doctor', now);
  }

  /** It stays as it is. @throws InvalidTransition unless a proposal is open */
  declineReschedule(now: Date): void {
    expectProposal(this.current, 'decline-reschedule', now);
    this.change({}, 'reschedule-declined', now, { by: 'patient' });
  }

  /** @throws InvalidTransition unless accepted; TooEarly more than 15 minutes before the start */
  complete(now: Date): void {
    this.expect('complete', 'accepted');
    this.notBefore(minutesAfter(this.current.startsAt, -COMPLETE_EARLY_MINUTES), now);
    this.change({ status: 'completed', ...WITH_DOCTOR }, 'completed', now);
  }

  /**
   * The doctor judged at the visit that video does not suit: nothing is owed, though it has begun.
   * @throws InvalidTransition unless accepted; TooEarly more than 15 minutes before the start
   */
  declineVideo(now: Date): void {
    this.expect('declineVideo', 'accepted');
    this.notBefore(minutesAfter(this.current.startsAt, -COMPLETE_EARLY_MINUTES), now);
    this.end({ by: 'doctor', reason: null, because: 'unsuitable-by-video' }, true, now);
  }

  /** @throws InvalidTransition unless accepted; TooEarly until 10 minutes after the start */
  miss(now: Date): void {
    this.expect('miss', 'accepted');
    this.notBefore(minutesAfter(this.current.startsAt, NO_SHOW_AFTER_MINUTES), now);
    this.change({ status: 'missed', ...WITH_DOCTOR }, 'missed', now);
  }

  /** Nobody answered, or paid, in time. @throws InvalidTransition unless requested or held; TooEarly before its time */
  expire(now: Date): void {
    this.expect('expire', 'requested', 'held');
    this.notBefore(this.current.holdUntil ?? this.current.startsAt, now);
    this.change({ status: 'expired', holdUntil: undefined }, 'expired', now);
  }

  /** {@link expire}, where it is time for it and nobody has paid, answered or ended it meanwhile; likewise of a proposal. */
  expireIfOver(now: Date): void {
    const { status, holdUntil, startsAt } = this.current;
    if (['requested', 'held'].includes(status) && now >= (holdUntil ?? startsAt)) this.expire(now);
    else if (hasLapsedProposal(this.current, now)) this.endProposal(now);
  }

  /** It stays as it is, and both sides hear that nobody answered, unless that was long ago. */
  private endProposal(now: Date): void {
    if (isNews(this.current.proposal!, now)) return this.change({}, 'reschedule-lapsed', now);
    this.current = { ...this.current, proposal: undefined, version: this.current.version + 1 };
  }

  private confirm(now: Date): void {
    this.change({ status: 'requested', announced: true, holdUntil: undefined }, 'requested', now);
    if (this.current.autoAccept && now < this.current.startsAt) this.accept(now);
  }

  private callOff(searchFor: SearchFor, now: Date): void {
    this.end({ by: 'doctor', reason: null, because: 'doctor-unavailable' }, true, now, { searchFor });
  }

  private end(
    cancellation: NonNullable<AppointmentState['cancellation']>,
    whole: boolean,
    now: Date,
    more: Partial<AppointmentState> = {},
  ): void {
    this.expect('cancel', ...OPEN);
    const refund = refundOf(this.current, whole, now);
    const cleared = { holdUntil: undefined, doctorUnavailable: undefined };
    const { by, reason } = cancellation;
    this.change({ status: 'cancelled', cancellation, refund, ...cleared, ...more }, 'cancelled', now, {
      by,
      ...(reason !== null && { reason }),
    });
  }

  /** @param by whose wish it was */
  private moveTo(to: Omit<Slot, 'doctorId'>, status: 'requested' | 'accepted', by: Side, now: Date): void {
    const previousStartsAt = this.current.startsAt;
    const acceptedAt = status === 'accepted' ? now : undefined;
    const moved = { ...movedTo(this.current, to, status), acceptedAt };
    this.change(moved, 'rescheduled', now, { by, previousStartsAt });
  }

  private expect(step: string, ...allowed: Status[]): void {
    if (!allowed.includes(this.current.status)) throw new InvalidTransition(step, this.current.status);
  }

  private notBefore(from: Date, now: Date): void {
    if (now < from) throw new TooEarly(from);
  }

  /** A proposal stands until anything else is decided. */
  private change(change: Partial<AppointmentState>, fact: FactName, now: Date, said: Said = {}): void {
    const { proposal: _, ...kept } = this.current;
    this.current = { ...kept, ...change, ...timesOf(fact, now), version: kept.version + 1 };
    this.record(fact, now, said);
  }

  private record(name: FactName, at: Date, said: Said = {}): void {
    this.recorded.push({ name, at, appointment: this.current, ...said });
  }
}
