import { Stripe } from 'stripe';
import type { EventContent, ProviderEvent } from '../../domain/provider-event.js';
import type { IntentStatus } from '../../domain/provider.js';
import { ForgedWebhook, WebhookReader } from '../webhook-reader.js';
import { refundStatusOf } from './snapshots.js';

const TOLERANCE_SECONDS = 300;

/** What may change a payment; the rest of Stripe's news is answered and left alone. */
const TELLING = /^((payment|setup)_intent\.(?!created$)|charge\.refunded$|refund\.)/;

type EventObject = Stripe.PaymentIntent | Stripe.SetupIntent | Stripe.Charge | Stripe.Refund;

const idOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null && 'id' in value ? [String(value.id)] : [];
};

/** What an event is about, by its signature known to be Stripe's; and what it shows of it. */
export class StripeWebhooks extends WebhookReader {
  constructor(private readonly secret: string) {
    super();
  }

  read(raw: Buffer, signature: string | undefined): ProviderEvent {
    let event: Stripe.Event;
    try {
      event = Stripe.webhooks.constructEvent(raw, signature ?? '', this.secret, TOLERANCE_SECONDS);
    } catch (error) {
      throw new ForgedWebhook((error as Error).message);
    }
    const object = event.data?.object as unknown as EventObject | undefined;
    if (!TELLING.test(event.type)) return { id: event.id, type: event.type, intentIds: [] };
    const intentIds = object ? intentsOf(object) : [];
    const content = object && contentOf(object, intentIds[0]);
    const chargeId = object?.metadata?.chargeId;
    return {
      id: event.id,
      type: event.type,
      intentIds,
      ...(typeof chargeId === 'string' && { chargeId }),
      ...(content && { content }),
    };
  }
}

const intentsOf = (object: EventObject): string[] =>
  object.object === 'payment_intent' || object.object === 'setup_intent'
    ? [object.id]
    : idOf((object as { payment_intent?: unknown }).payment_intent);

function contentOf(object: EventObject, intentId: string | undefined): EventContent | undefined {
  if (intentId === undefined) return undefined;
  switch (object.object) {
    case 'payment_intent':
    case 'setup_intent': {
      const error = object.object === 'payment_intent' ? object.last_payment_error : object.last_setup_error;
      const declineCode = error?.decline_code ?? error?.code;
      return {
        of: 'intent',
        intentId,
        status: object.status as IntentStatus,
        captured: object.object === 'payment_intent' ? (object.amount_received ?? 0) : 0,
        ...(declineCode !== undefined && { declineCode }),
      };
    }
    case 'charge':
      return { of: 'refunds', intentId, refunded: object.amount_refunded ?? 0 };
    case 'refund':
      return { of: 'refund', intentId, id: object.id, status: refundStatusOf(object.status) };
  }
}
