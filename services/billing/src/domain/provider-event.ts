import { type ChargeState, refundedOf } from './charge-state.js';
import type { IntentStatus, ProviderRefund } from './provider.js';

/** What an event shows of a payment, as it was when the event came about. */
export type EventContent =
  | {
      readonly of: 'intent';
      readonly intentId: string;
      readonly status: IntentStatus;
      readonly captured: number;
      readonly declineCode?: string;
    }
  | { readonly of: 'refund'; readonly intentId: string; readonly id: string; readonly status: ProviderRefund['status'] }
  /** All that was given back so far. */
  | { readonly of: 'refunds'; readonly intentId: string; readonly refunded: number };

/** News of the provider. */
export interface ProviderEvent {
  readonly id: string;
  readonly type: string;
  /** The intents that it is about, as far as it says. */
  readonly intentIds: readonly string[];
  /** The charge that the intent was made for, as far as it says. */
  readonly chargeId?: string;
  readonly content?: EventContent;
}

/**
 * Whether the event shows what the charge knows already, or what the charge knows to have passed: then there is no need to
 * ask the provider. An event is believed no further than that; whatever it shows that is new, the provider is asked.
 */
export function isKnown(charge: ChargeState, content: EventContent): boolean {
  // An intent that is cancelled and was given up, or never known, changes nothing.
  if (charge.intent?.id !== content.intentId) return content.of === 'intent' && content.status === 'canceled';
  switch (content.of) {
    case 'intent':
      return isIntentKnown(charge, content);
    case 'refund':
      return charge.refunds.some(({ id, status }) => id === content.id && status === content.status);
    case 'refunds':
      return charge.status === 'voided' || (charge.captured > 0 && refundedOf(charge) === content.refunded);
  }
}

function isIntentKnown(charge: ChargeState, content: Extract<EventContent, { of: 'intent' }>): boolean {
  const { status, captured, intent, fee, declineCode } = charge;
  if (content.status === 'succeeded') {
    if (intent?.kind === 'setup') return status === 'authorised' || status === 'voided';
    return captured > 0 && captured === content.captured && fee !== undefined;
  }
  if (content.status === 'canceled') return status === 'voided';
  // From here an intent only goes on to what is compared above.
  if (status === 'authorised' || status === 'voided' || captured > 0) return true;
  switch (content.status) {
    case 'requires_action':
      return status === 'requires-action';
    case 'processing':
      return status === 'processing';
    case 'requires_payment_method':
      return status === 'failed' && declineCode === content.declineCode;
    default:
      return false;
  }
}
