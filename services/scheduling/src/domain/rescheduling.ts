import type { AppointmentState, Proposal, Side } from './appointment-state.js';
import { sharesOf } from './cancellation-policy.js';
import { InvalidTransition, PriceDiffers, TooLate } from './errors.js';
import { goesBackWhole } from './refunds.js';
import { type Slot, slotId } from './slot.js';
import type { Money } from './values.js';

/** It is to take place in that very slot already. */
export const standsAt = ({ doctor, status, ...state }: AppointmentState, id: string): boolean =>
  (status === 'requested' || status === 'accepted') && slotId({ doctorId: doctor.id, ...state }) === id;

/**
 * Until when a patient may move it: as long as calling it off would give all back, by the policy of when it was booked. Past it
 * the doctor would be left with time that nobody takes, and the fee for that could be avoided by moving first.
 */
export function movableUntil(state: AppointmentState): Date {
  const { policy, startsAt } = state;
  return goesBackWhole(state) ? startsAt : sharesOf(policy, startsAt)[0]!.until;
}

/**
 * Patients are bound by {@link movableUntil}; doctors may propose another time until it begins, for the patient to agree to.
 * @throws InvalidTransition, TooLate
 */
export function expectMovable(state: AppointmentState, by: Side, now: Date): void {
  const { status, startsAt, doctorUnavailable } = state;
  if (status !== 'requested' && status !== 'accepted') throw new InvalidTransition('reschedule', status);
  if (doctorUnavailable) throw new InvalidTransition('reschedule', 'doctor-unavailable');
  const until = by === 'patient' ? movableUntil(state) : startsAt;
  if (now > until || now >= startsAt) throw new TooLate(until);
}

/** What waits for the patient's answer at `now`. */
export const openProposal = ({ proposal }: Pick<AppointmentState, 'proposal'>, now: Date): Proposal | undefined =>
  proposal && now < proposal.until ? proposal : undefined;

/** @throws InvalidTransition unless one is open */
export function expectProposal(state: AppointmentState, step: string, now: Date): Proposal {
  const proposal = openProposal(state, now);
  if (!proposal) throw new InvalidTransition(step, state.status);
  return proposal;
}

/** That very slot waits for the patient's answer. */
export function isProposed(state: AppointmentState, id: string, now: Date): boolean {
  const proposal = openProposal(state, now);
  return proposal !== undefined && slotId({ doctorId: state.doctor.id, ...proposal }) === id;
}

/** Nobody has answered it in time. */
export const hasLapsedProposal = (state: Pick<AppointmentState, 'proposal'>, now: Date): boolean =>
  state.proposal !== undefined && openProposal(state, now) === undefined;

/** For how long after its end a proposal is worth a word: services may have stood still. */
const NEWS_FOR_MS = 86_400_000;

/** It has lapsed lately. */
export const isNews = ({ until }: Proposal, now: Date): boolean => now.getTime() - until.getTime() < NEWS_FOR_MS;

/** @throws PriceDiffers */
export function proposalOf(state: AppointmentState, slot: Slot): Proposal {
  const { startsAt, endsAt, mode, price, bufferMinutes } = slot;
  expectPrice(state, price);
  const until = startsAt < state.startsAt ? startsAt : state.startsAt;
  return { startsAt, endsAt, mode, price, bufferMinutes, until };
}

/** Stretches of both sides' time that an appointment claims; until then where the claim lapses by itself. */
export function claimedTimes(state: AppointmentState) {
  const { startsAt, endsAt, bufferMinutes, holdUntil: until, proposal } = state;
  return [{ startsAt, endsAt, bufferMinutes, until }, ...(proposal ? [proposal] : [])];
}

/**
 * Money moves by the id of the appointment and by its price, so the price stays once anything may have been given: from its
 * booking on where it is paid then, else from the doctor's first yes. @throws PriceDiffers
 */
function expectPrice(state: AppointmentState, price: Money): void {
  const { timing, status, payment, acceptedBefore } = state;
  if (price.amount === state.price.amount && price.currency === state.price.currency) return;
  const isUnpayable = payment.status === 'none' || (status === 'requested' && !acceptedBefore);
  const isUnpaid = payment.status === 'none' || payment.status === 'due';
  if (timing === 'at-booking' || !isUnpayable || !isUnpaid) throw new PriceDiffers(state.price);
}

/** What changes of it at the other time; the terms stay those that it was booked on. @throws PriceDiffers */
export function movedTo(state: AppointmentState, slot: Omit<Slot, 'doctorId'>, status: 'requested' | 'accepted') {
  const { startsAt, endsAt, mode, price, bufferMinutes } = slot;
  expectPrice(state, price);
  const isOtherPrice = price.amount !== state.price.amount;
  return {
    status,
    ...{ startsAt, endsAt, mode, price, bufferMinutes },
    ...(isOtherPrice && { payment: { ...state.payment, status: price.amount === 0 ? 'none' : 'due' } as const }),
    ...(state.status === 'accepted' && { acceptedBefore: true as const }),
  } satisfies Partial<AppointmentState>;
}
