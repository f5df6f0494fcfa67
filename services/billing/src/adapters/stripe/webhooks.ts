import { Stripe } from 'stripe';
import type { ProviderEvent } from '../../application/take-webhook.js';
import { ForgedWebhook, WebhookReader } from '../webhook-reader.js';

const TOLERANCE_SECONDS = 300;

/** What may change a payment; the rest of Stripe's news is answered and left alone. */
const TELLING = /^((payment|setup)_intent\.(?!created$)|charge\.refunded$|refund\.)/;

const idOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null && 'id' in value ? [String(value.id)] : [];
};

/** What an event is about, by its signature known to be Stripe's; its contents are not believed beyond that. */
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
    const object = event.data?.object as unknown as
      { object?: string; id?: string; payment_intent?: unknown } | undefined;
    if (!TELLING.test(event.type)) return { id: event.id, type: event.type, intentIds: [] };
    const own = object?.object === 'payment_intent' || object?.object === 'setup_intent' ? idOf(object) : [];
    return { id: event.id, type: event.type, intentIds: [...own, ...idOf(object?.payment_intent)] };
  }
}
