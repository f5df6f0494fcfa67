import { Injectable } from '@nestjs/common';
import { KeyedQueue } from '@medflow/service-kit/keyed-queue';
import type { Charge } from '../domain/charge.js';
import { Charges, WebhookEvents } from '../domain/charges.js';
import { Clock } from '../domain/ports.js';
import { isKnown, type ProviderEvent } from '../domain/provider-event.js';

/** What was made of an event; `known`: it shows what was observed already. */
export type WebhookOutcome = 'taken' | 'known' | 'doubled' | 'not-ours';

/** Notes that something happened; what, the provider is asked, since events come late, twice and out of order. */
@Injectable()
export class ReceiveWebhookHandler {
  constructor(
    private readonly events: WebhookEvents,
    private readonly charges: Charges,
    private readonly queue: KeyedQueue,
    private readonly clock: Clock,
  ) {}

  async execute(event: ProviderEvent): Promise<WebhookOutcome> {
    const { id, type, intentIds, content } = event;
    if (intentIds.length === 0) return 'not-ours';
    const charges = await this.chargesOf(event);
    const unsettled = charges.filter(({ state }) => !content || !isKnown(state, content));
    if (charges.length > 0 && unsettled.length === 0) return 'known';
    const now = this.clock.now();
    // First the wish to look, then the memory of the event: a crash between them costs a look, not the event.
    for (const { state } of unsettled) await this.charges.putOff(state.id, now);
    if (!(await this.events.add(id, type, now))) return 'doubled';
    return charges.length > 0 ? 'taken' : 'not-ours';
  }

  private async chargesOf({ chargeId, intentIds, content }: ProviderEvent): Promise<Charge[]> {
    const found =
      chargeId === undefined
        ? await Promise.all(intentIds.map((intentId) => this.charges.ofIntent(intentId)))
        : // The provider tells of a payment before its own answer to us is saved: behind that, it may be nothing new.
          [await this.queue.run(chargeId, () => this.charge(chargeId, content))];
    return found.filter((charge) => charge !== undefined);
  }

  /** Not read where what was saved a moment ago tells that the event is of the past: given money only goes on. */
  private async charge(id: string, content: ProviderEvent['content']): Promise<Charge | undefined> {
    const recent = this.charges.lastSaved(id);
    if (recent && content && recent.state.intent?.id === content.intentId) {
      const isGiven = recent.state.status === 'authorised' || recent.state.captured > 0;
      if (isGiven && isKnown(recent.state, content)) return recent;
    }
    return this.charges.find(id);
  }
}
