import { type ChargeState, refundedOf } from './charge-state.js';
import { movable } from './price.js';
import { MINUTE_MS, msAfter, SECOND_MS } from './values.js';

/**
 * What the appointment wants of the money: to take it, to have it set aside, to give it back, nothing yet, that no more of it
 * moves for now, or — its hold has lapsed — scheduling's word on whether a late payment wins the time back.
 */
export type Demand = 'collect' | 'hold' | 'give-back' | 'nothing-yet' | 'stand-still' | 'verdict';

export function demandOf({ appointment, timing, captured }: ChargeState): Demand {
  switch (appointment) {
    case 'held':
      return 'hold';
    case 'requested':
      return timing === 'at-booking' ? 'hold' : 'nothing-yet';
    case 'accepted':
    case 'completed':
      return 'collect';
    case 'without-doctor':
      return 'stand-still';
    case 'missed':
      // The doctor waited in vain: what is paid or set aside is theirs, what is not is not claimed.
      return timing === 'at-booking' || captured > 0 ? 'collect' : 'give-back';
    case 'expired':
      return timing === 'at-booking' ? 'verdict' : 'give-back';
    case 'rejected':
    case 'cancelled':
    case 'lost':
      return 'give-back';
  }
}

/** The next thing to be done with the provider, or with the charge alone. */
export type Step =
  | { readonly kind: 'capture' }
  | { readonly kind: 'charge-off-session' }
  | { readonly kind: 'refund'; readonly amount: number }
  /** @param unlessPaid a payment that came just in time may still win the time back */
  | { readonly kind: 'cancel'; readonly unlessPaid: boolean }
  | { readonly kind: 'void' }
  | { readonly kind: 'read' };

/** The same for the same step only: another amount to give back is another step. */
export const nameOf = (step: Step): string => (step.kind === 'refund' ? `refund:${step.amount}` : step.kind);

/**
 * Undefined when there is nothing to do at `now`, or the provider has refused to do it and is left alone for a while.
 * @param wantsLook the provider may know more than we do: nothing better to do, it is asked
 */
export function nextStep(charge: ChargeState, now: Date, wantsLook = false): Step | undefined {
  const step = stepFor(charge, now, wantsLook);
  if (!step || !isHeldUp(charge, step, now)) return step;
  return wantsLook && charge.intent && step.kind !== 'read' ? { kind: 'read' } : undefined;
}

const isHeldUp = ({ refusal }: ChargeState, step: Step, now: Date): boolean =>
  refusal !== undefined && refusal.step === nameOf(step) && refusal.until > now;

/** The provider's refusal is about what is to be done still. */
export function isRefused(charge: ChargeState, now: Date): boolean {
  const step = stepFor(charge, now, charge.refusal?.step === 'read');
  return step !== undefined && charge.refusal?.step === nameOf(step);
}

/** What is to be done, whether or not the provider has refused it before. */
export function stepFor(charge: ChargeState, now: Date, wantsLook = false): Step | undefined {
  const look = wantsLook ? ({ kind: 'read' } as const) : undefined;
  if (charge.status === 'none' || isBookless(charge)) return undefined;
  // What was asked for must be known before it can be taken back, or asked for anew.
  if (!charge.intent && charge.attempt) return look;
  // Nothing was known of at the provider: whoever wants to look has heard otherwise.
  if (charge.status === 'voided') return charge.intent ? undefined : look;
  if (charge.captured > 0) {
    const owing = owedOf(charge) - refundedOf(charge);
    if (owing > 0) return { kind: 'refund', amount: owing };
    return charge.intent ? look : undefined;
  }
  const saved = charge.intent?.kind === 'setup' && charge.status === 'authorised';
  // Whatever the appointment wants by now: what was begun must be known before it can be taken back.
  if (saved && charge.charging) return { kind: 'charge-off-session' };
  const demand = demandOf(charge);
  // Requests lapse at their start, holds before it: past it there is no verdict to wait for.
  const lapsed = demand === 'verdict' && charge.startsAt > now;
  if (lapsed && charge.status === 'authorised') return undefined;
  if (demand === 'give-back' || demand === 'verdict') {
    if (!charge.intent || saved) return { kind: 'void' };
    if (charge.status === 'processing') return look;
    return { kind: 'cancel', unlessPaid: lapsed };
  }
  // What is set aside already, known here or not, stays where it is.
  if (demand === 'stand-still' && isOpen(charge)) return { kind: 'cancel', unlessPaid: true };
  if (demand === 'collect' && charge.status === 'authorised') {
    return { kind: saved ? 'charge-off-session' : 'capture' };
  }
  return charge.intent ? look : undefined;
}

/** Something was given for it, and nobody here knows under which name the provider has it. */
const isBookless = ({ intent, status }: ChargeState): boolean =>
  !intent && ['authorised', 'paid', 'partly-refunded', 'refunded'].includes(status);

/** A payment that the page could still make. */
const isOpen = ({ intent, status }: ChargeState): boolean =>
  intent?.kind === 'payment' && ['due', 'requires-action', 'failed'].includes(status);

/** Of what was taken, as it can be moved: no part of it stays owed that no refund can carry. */
function owedOf({ owed, captured, amount }: ChargeState): number {
  return Math.min(movable({ amount: owed, currency: amount.currency }), captured);
}

const FIRST_LOOK_MS = 4 * SECOND_MS;
const LONGEST_MS = 30 * MINUTE_MS;
/** A day or so of looking at a payment that the patient has left lying. */
const MAX_LOOKS = 50;

/**
 * When to look at a charge again: at once when there is something to do, after ever longer pauses while the provider
 * or the patient has the word (webhooks may be lost) or refuses what is to be done, never when all is settled.
 */
export function checkAfter(charge: ChargeState, now: Date): Date | null {
  const step = stepFor(charge, now);
  if (step) return isHeldUp(charge, step, now) ? charge.refusal!.until : now;
  const next = lookAfter(charge, now);
  const cannotLook = next !== null && isHeldUp(charge, { kind: 'read' }, next);
  return cannotLook ? charge.refusal!.until : next;
}

function lookAfter(charge: ChargeState, now: Date): Date | null {
  if (charge.status === 'none' || charge.status === 'voided' || isBookless(charge)) return null;
  const pause = Math.min(FIRST_LOOK_MS * 2 ** Math.min(charge.checks, 20), LONGEST_MS);
  if (!charge.intent && charge.attempt) return msAfter(now, pause);
  if (charge.captured > 0) return charge.fee === undefined && charge.checks < MAX_LOOKS ? msAfter(now, pause) : null;
  if (demandOf(charge) === 'verdict') return charge.startsAt;
  if (charge.status === 'authorised') return null;
  const waiting = charge.attempt !== undefined || charge.status === 'processing' || charge.checks < MAX_LOOKS;
  return charge.intent && waiting ? msAfter(now, pause) : null;
}
