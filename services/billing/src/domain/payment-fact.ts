import { type ChargeState, type ChargeStatus, refundedOf } from './charge-state.js';

export type PaymentFactName = 'authorised' | 'captured' | 'failed' | 'pending' | 'voided' | 'refunded';

/** Something that happened to a payment, with its state right after; `sequence` orders them. */
export interface PaymentFact {
  readonly name: PaymentFactName;
  readonly charge: ChargeState;
  readonly sequence: number;
  /** The patient was not there. */
  readonly offSession: boolean;
  /** Something had been set aside before. */
  readonly released: boolean;
}

/**
 * What happened to a payment between two of its states, in order.
 * @param attempted whether somebody tried to pay: a second decline is news as well
 */
export function happenedBetween(
  before: ChargeState,
  after: ChargeState,
  { offSession, attempted }: { offSession: boolean; attempted: boolean },
): Pick<PaymentFact, 'name' | 'offSession' | 'released'>[] {
  const turned = (status: ChargeStatus) => after.status === status && before.status !== status;
  const names: PaymentFactName[] = [];
  if (turned('authorised')) names.push('authorised');
  if (after.captured > before.captured) names.push('captured');
  if (refundedOf(after) > refundedOf(before)) names.push('refunded');
  if (turned('voided')) names.push('voided');
  if (turned('failed') || (after.status === 'failed' && attempted)) names.push('failed');
  if (turned('requires-action') || turned('processing')) names.push('pending');
  return names.map((name) => ({
    name,
    offSession: offSession || (name === 'failed' && after.declineCode === 'authorization_expired'),
    released: name === 'voided' && before.status === 'authorised',
  }));
}
