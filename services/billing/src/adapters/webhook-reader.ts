import type { ProviderEvent } from '../domain/provider-event.js';

/** The signature does not fit, or is too old: not from the provider, or not any more. */
export class ForgedWebhook extends Error {
  readonly code = 'invalid-signature';
  readonly kind = 'unreadable';
}

/** Reads what the provider's webhooks are about. */
export abstract class WebhookReader {
  /** @throws ForgedWebhook */
  abstract read(raw: Buffer, signature: string | undefined): ProviderEvent;
}
