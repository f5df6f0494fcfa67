import type { AppointmentNews } from './appointment-news.js';
import { type ChargeState, type ChargeStatus, ENDED, type IntentPlan } from './charge-state.js';
import { AlreadyPaid, NotPayable, PaymentInProgress } from './errors.js';
import { observed } from './observation.js';
import { happenedBetween, type PaymentFact } from './payment-fact.js';
import { chargeable } from './price.js';
import type { IntentSnapshot } from './provider.js';
import { refusedAgain } from './refusal.js';
import { checkAfter, nameOf, type Step, stepFor } from './settlement.js';
import { DAY_MS, type Money, msAfter, SECOND_MS } from './values.js';

/** Money was given, or is not wanted any more. */
const SETTLED: readonly ChargeStatus[] = ['authorised', 'paid', 'voided', 'partly-refunded', 'refunded'];

/** An authorisation lasts seven days with most cards: visits farther away than this save the card instead. */
const AUTHORISATION_LASTS_MS = 6 * DAY_MS;
/** After so long without an answer, an attempt is looked up rather than waited for. */
export const ATTEMPT_MS = 30 * SECOND_MS;
/** Longer than the provider's client tries one request: three times 15 seconds, with pauses. */
const REQUEST_LASTS_MS = 60 * SECOND_MS;

/** The one payment of an appointment, whatever arrives in whatever order. */
export class Charge {
  private recorded: PaymentFact[] = [];

  private constructor(
    private current: ChargeState,
    /** State in the database; undefined before it was saved. */
    readonly saved: ChargeState | undefined,
  ) {}

  /** Where the books of its payment are lost, it is open under its own id, and what others know to be paid is not due again. */
  static open(newId: string, news: AppointmentNews, now: Date): Charge {
    const { paymentId: id = newId, status: paid = 'due', sequence: paidSequence = 0 } = news.knownPayment ?? {};
    const { appointmentId, patientId, doctorId, startsAt, mode, price, timing, status, sequence } = news;
    const amount = chargeable(price);
    const charge = new Charge(
      {
        id,
        appointmentId,
        patientId,
        doctorId,
        startsAt,
        mode,
        amount,
        timing,
        appointment: status,
        appointmentSequence: sequence,
        owed: 0,
        status: amount.amount === 0 ? 'none' : SETTLED.includes(paid) ? paid : 'due',
        round: 1,
        attempts: 0,
        saveMethod: false,
        held: 0,
        captured: 0,
        refunds: [],
        checkAt: null,
        checks: 0,
        createdAt: now,
        // What is told of it from now on is later than what was.
        version: 1 + paidSequence,
      },
      undefined,
    );
    charge.reschedule(now);
    return charge;
  }

  static restore(state: ChargeState): Charge {
    return new Charge(state, state);
  }

  get state(): ChargeState {
    return this.current;
  }

  get facts(): readonly PaymentFact[] {
    return this.recorded;
  }

  /** Money was taken for which there is no receipt yet. */
  get wantsReceipt(): boolean {
    return this.current.captured > 0 && this.current.receiptNumber === undefined;
  }

  /** What happened is told with the receipt's number. */
  giveReceipt(receiptNumber: string): void {
    this.current = { ...this.current, receiptNumber };
    this.recorded = this.recorded.map((fact) => ({ ...fact, charge: { ...fact.charge, receiptNumber } }));
  }

  get isChanged(): boolean {
    return this.current !== this.saved;
  }

  /** Whether a look at the provider taught anything but that it was looked at. */
  get hasNews(): boolean {
    const known = (state: ChargeState | undefined) =>
      JSON.stringify({ ...state, version: 0, checks: 0, checkAt: null });
    return known(this.saved) !== known(this.current);
  }

  /** Follows the appointment; what is older than known is ignored. @returns whether anything changed */
  follow(news: AppointmentNews, now: Date): boolean {
    if (news.sequence <= this.current.appointmentSequence) return false;
    const { refund = Infinity, price, startsAt, mode } = news;
    const repriced = this.repricedTo(price);
    const { captured, amount } = { ...this.current, ...repriced };
    // What is taken already goes back by the policy; what is taken after the end, and all that the price was, whole.
    const whole = captured === 0 || refund >= price.amount;
    const owed = whole ? amount.amount : Math.min(refund, amount.amount);
    this.change({
      appointment: news.status,
      appointmentSequence: news.sequence,
      startsAt,
      mode,
      ...repriced,
      owed: ENDED.includes(news.status) ? owed : 0,
      checks: 0,
    });
    this.reschedule(now);
    return true;
  }

  /** What the page should begin: an amount far ahead is not set aside now, its card is saved. */
  intentWanted(now: Date): IntentPlan {
    const { timing, startsAt, appointment } = this.current;
    if (timing === 'after-acceptance' || appointment === 'accepted' || appointment === 'completed') {
      return { kind: 'payment', capture: 'automatic' };
    }
    const far = startsAt.getTime() - now.getTime() > AUTHORISATION_LASTS_MS;
    return far ? { kind: 'setup', capture: 'manual' } : { kind: 'payment', capture: 'manual' };
  }

  /** @throws AlreadyPaid, NotPayable */
  expectPayable(): void {
    const obstacle = this.obstacleToPaying();
    if (obstacle) throw obstacle;
  }

  /** There is something that the patient can pay now. */
  get isPayable(): boolean {
    return this.obstacleToPaying() === undefined;
  }

  private obstacleToPaying(): AlreadyPaid | NotPayable | undefined {
    const { id, status, appointment, timing, amount } = this.current;
    if (amount.amount === 0) return new NotPayable('free');
    if (['authorised', 'paid', 'partly-refunded', 'refunded'].includes(status)) return new AlreadyPaid(id);
    if (appointment === 'expired') return new NotPayable('hold-lapsed');
    if (ENDED.includes(appointment) || appointment === 'missed' || status === 'voided') return new NotPayable('ended');
    if (appointment === 'without-doctor') return new NotPayable('doctor-unavailable');
    if (appointment === 'requested' && timing === 'after-acceptance') return new NotPayable('not-accepted');
    return undefined;
  }

  /** The intent that was made for it. */
  begin(intent: IntentSnapshot, now: Date, { offSession = false } = {}): void {
    this.change({ intent: { id: intent.id, kind: intent.kind }, charging: undefined });
    this.observe(intent, now, { offSession });
  }

  /** Whether the card is to be kept for the next time; @returns whether that is news */
  keepMethod(saveMethod: boolean): boolean {
    if (this.current.saveMethod === saveMethod) return false;
    this.change({ saveMethod });
    return true;
  }

  /**
   * The provider is about to be asked for an intent, for a confirmation, or for both at once: to be saved before.
   * @param methodId absent when the page is to confirm
   * @throws PaymentInProgress while another card's attempt has no outcome
   */
  attempt(methodId: string | undefined, saveMethod: boolean, now: Date): void {
    const { attempt, attempts, intent } = this.current;
    // The same card again while its outcome is unknown is the same request: asked twice, done once.
    const isRepeated = attempt !== undefined && attempt.methodId === methodId;
    if (attempt && !isRepeated && (attempt.creates || msAfter(attempt.at, ATTEMPT_MS) > now))
      throw new PaymentInProgress();
    const creates = isRepeated ? attempt.creates : intent ? undefined : this.intentWanted(now);
    this.change({
      attempt: { at: now, ...(methodId !== undefined && { methodId }), ...(creates && { creates }) },
      attempts: isRepeated || methodId === undefined ? attempts : attempts + 1,
      ...(!isRepeated && { saveMethod }),
      checks: 0,
    });
    this.reschedule(now);
  }

  /** The provider has no intent of that attempt: it has none for good once no request can be on its way any more. */
  missAttempt(now: Date): void {
    const { attempt, checks } = this.current;
    if (!attempt) return;
    // An intent without a method that nobody knows of can never be paid.
    const isOver = attempt.methodId === undefined || msAfter(attempt.at, REQUEST_LASTS_MS) <= now;
    this.change(isOver ? { attempt: undefined, checks: 0 } : { checks: checks + 1 });
    this.reschedule(now);
  }

  /** The provider refused the attempt itself (unknown method, wrong state): nothing is under way. */
  forgetAttempt(now: Date): void {
    this.change({ attempt: undefined });
    this.reschedule(now);
  }

  /** The intent as the provider has it now, fetched after this charge was loaded. */
  observe(seen: IntentSnapshot, now: Date, { offSession = false } = {}): void {
    const before = this.current;
    this.change({ ...observed(before, seen, now), failures: undefined });
    const changed = before.status !== this.current.status || before.refunds.length !== this.current.refunds.length;
    // A step that was refused may be possible now; a look that was refused is.
    const refusal = changed || before.refusal?.step === 'read' ? undefined : before.refusal;
    this.change({ checks: changed ? 0 : before.checks + 1, refusal });
    this.recordFacts(before, offSession, before.attempt !== undefined);
    this.reschedule(now);
  }

  /** The provider refused that step. If it is still the one to be done now, it waits; else what is known now counts. */
  refuse(step: Step, reason: string, now: Date): void {
    const wanted = stepFor(this.current, now, step.kind === 'read');
    if (!wanted || nameOf(wanted) !== nameOf(step)) return;
    this.change({ refusal: refusedAgain(this.current.refusal, nameOf(step), reason, now) });
    this.reschedule(now);
  }

  /** The saved method is about to be charged: to be saved before the provider is asked. */
  startCharging(now: Date): void {
    this.change({ charging: true });
    this.reschedule(now);
  }

  /** The saved method cannot be charged at all, say because it was removed: the patient must give another. */
  failCharging(reason: string, now: Date): void {
    const before = this.current;
    this.change({
      status: 'failed',
      declineCode: reason,
      intent: undefined,
      savedMethod: undefined,
      charging: undefined,
      round: before.round + 1,
    });
    this.recordFacts(before, true, true);
    this.reschedule(now);
  }

  /** Nothing was ever begun with the provider, or only a card saved: nothing will be taken. */
  void(now: Date): void {
    const before = this.current;
    this.change({ status: 'voided', held: 0, savedMethod: undefined, attempt: undefined });
    this.recordFacts(before, false, false);
    this.reschedule(now);
  }

  /** Another price holds while nothing has been begun for the one before. */
  private repricedTo(price: Money): Pick<ChargeState, 'amount' | 'status'> | undefined {
    const { status, intent, attempt } = this.current;
    if (intent || attempt || (status !== 'none' && status !== 'due')) return undefined;
    const amount = chargeable(price);
    return { amount, status: amount.amount === 0 ? 'none' : 'due' };
  }

  private recordFacts(before: ChargeState, offSession: boolean, attempted: boolean): void {
    for (const fact of happenedBetween(before, this.current, { offSession, attempted })) this.record(fact);
  }

  private record(fact: Pick<PaymentFact, 'name' | 'offSession' | 'released'>): void {
    this.change({});
    this.recorded.push({ ...fact, charge: this.current, sequence: this.current.version });
  }

  private reschedule(now: Date): void {
    this.current = { ...this.current, checkAt: checkAfter(this.current, now) };
  }

  private change(change: Partial<ChargeState>): void {
    this.current = { ...this.current, ...change, version: this.current.version + 1 };
  }
}
