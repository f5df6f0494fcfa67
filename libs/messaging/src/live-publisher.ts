import { FailureLog } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import { envelopeOf, type OutgoingEvent } from './outgoing-event.js';
import type { Transport } from './transport.js';

/**
 * News for browsers that are connected now: handed to the bus at once and kept nowhere. Whoever publishes does so after
 * the commit of what they tell; whoever misses it finds it where it is stored.
 */
export class LivePublisher {
  private readonly failures: FailureLog;

  constructor(
    private readonly service: string,
    private readonly transport: Pick<Transport, 'publish'>,
    logger: Pick<Logger, 'warn'> = new Logger(LivePublisher.name),
  ) {
    this.failures = new FailureLog((line) => logger.warn(line));
  }

  /** @throws PoisonMessage when the data breaks its contract or has a field more; an absent bus is no fault */
  publish(events: readonly OutgoingEvent[]): void {
    const messages = events.map((event) => {
      const envelope = envelopeOf(this.service, event);
      const { id, type, subject } = envelope;
      return { id, type, subject, body: JSON.stringify(envelope), live: true };
    });
    for (const outcome of this.transport.publish(messages))
      outcome.then(
        () => this.failures.succeeded(),
        (error: unknown) => this.failures.failed('live news is lost', error),
      );
  }
}
