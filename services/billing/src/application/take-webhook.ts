import { Injectable } from '@nestjs/common';
import { Charges, WebhookEvents } from '../domain/charges.js';
import { Clock } from '../domain/ports.js';

export interface ProviderEvent {
  id: string;
  type: string;
  /** The intents that it is about, as far as it says. */
  intentIds: readonly string[];
}

/** Notes that something happened; what, the provider is asked, since events come late, twice and out of order. */
@Injectable()
export class TakeWebhookHandler {
  constructor(
    private readonly events: WebhookEvents,
    private readonly charges: Charges,
    private readonly clock: Clock,
  ) {}

  /** @returns what was made of it, for the count */
  async execute({ id, type, intentIds }: ProviderEvent): Promise<'taken' | 'doubled' | 'not-ours'> {
    if (intentIds.length === 0) return 'not-ours';
    const now = this.clock.now();
    const found = await Promise.all(intentIds.map((intentId) => this.charges.ofIntent(intentId)));
    const charges = found.filter((charge) => charge !== undefined);
    // First the wish to look, then the memory of the event: a crash between them costs a look, not the event.
    for (const { state } of charges) await this.charges.putOff(state.id, now);
    if (!(await this.events.add(id, type, now))) return 'doubled';
    return charges.length > 0 ? 'taken' : 'not-ours';
  }
}
