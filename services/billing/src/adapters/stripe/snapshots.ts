import type { Stripe } from 'stripe';
import type { CardSummary, IntentSnapshot, IntentStatus, ProviderRefund } from '../../domain/provider.js';

/** Asked for with every intent: the card, the fee and the refunds in one answer. */
export const PAYMENT_EXPANSIONS = ['payment_method', 'latest_charge.balance_transaction', 'latest_charge.refunds'];
export const SETUP_EXPANSIONS = ['payment_method'];

const expanded = <T extends { id: string }>(value: string | T | null | undefined): T | undefined =>
  typeof value === 'object' && value !== null ? value : undefined;

export function cardOf(method: Stripe.PaymentMethod | undefined): (CardSummary & { id: string }) | undefined {
  return method && { id: method.id, brand: method.card?.brand ?? method.type, last4: method.card?.last4 ?? '' };
}

const methodOf = (method: string | Stripe.PaymentMethod | null): Pick<IntentSnapshot, 'method'> => {
  const card = cardOf(expanded(method));
  return card ? { method: card } : {};
};

export function refundStatusOf(status: string | null): ProviderRefund['status'] {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending';
}

const refundOf = ({ id, amount, status }: Stripe.Refund): ProviderRefund => ({
  id,
  amount,
  status: refundStatusOf(status),
});

/** Stripe's decline code where there is one, else its error code. */
const declineOf = (error: { decline_code?: string; code?: string } | null): Pick<IntentSnapshot, 'declineCode'> => {
  const declineCode = error?.decline_code ?? error?.code;
  return declineCode === undefined ? {} : { declineCode };
};

export function paymentSnapshot(intent: Stripe.PaymentIntent): IntentSnapshot {
  const charge = expanded(intent.latest_charge);
  const fee = expanded(charge?.balance_transaction)?.fee;
  return {
    id: intent.id,
    kind: 'payment',
    status: intent.status as IntentStatus,
    clientSecret: intent.client_secret ?? '',
    captured: intent.status === 'succeeded' ? intent.amount_received : 0,
    ...(fee !== undefined && intent.status === 'succeeded' && { fee }),
    refunds: (charge?.refunds?.data ?? []).map(refundOf).reverse(),
    ...declineOf(intent.last_payment_error),
    ...methodOf(intent.payment_method),
    // After a decline the intent has no method: the one that was tried is in the error.
    ...(intent.payment_method === null && methodOf(intent.last_payment_error?.payment_method ?? null)),
  };
}

export function setupSnapshot(intent: Stripe.SetupIntent): IntentSnapshot {
  return {
    id: intent.id,
    kind: 'setup',
    status: intent.status as IntentStatus,
    clientSecret: intent.client_secret ?? '',
    captured: 0,
    refunds: [],
    ...declineOf(intent.last_setup_error),
    ...methodOf(intent.payment_method),
  };
}
