import { type ChargeState, ENDED, refundedOf } from './charge-state.js';
import type { CardSummary, IntentSnapshot } from './provider.js';
import { demandOf } from './settlement.js';

type Change = Partial<ChargeState>;

/** What changes of a charge when its intent is seen like that. */
export function observed(charge: ChargeState, seen: IntentSnapshot, now: Date): Change {
  const settled: Change = { attempt: undefined, ...(seen.method && { method: cardOf(seen.method) }) };
  return { ...settled, ...(seen.kind === 'setup' ? ofSetup(charge, seen) : ofPayment(charge, seen, now)) };
}

function ofSetup(charge: ChargeState, seen: IntentSnapshot): Change {
  switch (seen.status) {
    case 'succeeded':
      return { status: 'authorised', savedMethod: seen.method?.id, declineCode: undefined };
    case 'canceled':
      return withoutIntent(charge);
    default:
      return open(seen);
  }
}

function ofPayment(charge: ChargeState, seen: IntentSnapshot, now: Date): Change {
  switch (seen.status) {
    case 'requires_capture':
      return { status: 'authorised', held: charge.amount.amount, declineCode: undefined };
    case 'succeeded':
      return taken(charge, seen, now);
    case 'canceled':
      return withoutIntent(charge);
    default:
      return open(seen);
  }
}

function taken(charge: ChargeState, seen: IntentSnapshot, now: Date): Change {
  const refunded = refundedOf(seen);
  return {
    status: refunded === 0 ? 'paid' : refunded < seen.captured ? 'partly-refunded' : 'refunded',
    held: 0,
    captured: seen.captured,
    refunds: seen.refunds,
    paidAt: charge.paidAt ?? now,
    savedMethod: undefined,
    declineCode: undefined,
    ...(seen.fee !== undefined && { fee: seen.fee }),
    // Taken after the appointment had ended: all of it goes back.
    ...(charge.captured === 0 && ENDED.includes(charge.appointment) && { owed: seen.captured }),
  };
}

/** Cancelled by us because nothing is wanted any more, or not now, or lapsed at the bank while it still was. */
function withoutIntent(charge: ChargeState): Change {
  const begunAnew = { intent: undefined, round: charge.round + 1 };
  if (demandOf(charge) === 'stand-still' && charge.status !== 'authorised')
    return { status: 'due', declineCode: undefined, ...begunAnew };
  const lapsed = ['collect', 'hold', 'stand-still'].includes(demandOf(charge));
  return {
    held: 0,
    savedMethod: undefined,
    ...(lapsed ? { status: 'failed', declineCode: 'authorization_expired', ...begunAnew } : { status: 'voided' }),
  };
}

const cardOf = ({ brand, last4 }: CardSummary): CardSummary => ({ brand, last4 });

const statusOf = { requires_action: 'requires-action', processing: 'processing' } as const;

/** An intent that has not come to its end. */
function open({ status, declineCode }: IntentSnapshot): Change {
  if (status === 'requires_action' || status === 'processing') return { status: statusOf[status] };
  return declineCode === undefined ? { status: 'due', declineCode: undefined } : { status: 'failed', declineCode };
}
