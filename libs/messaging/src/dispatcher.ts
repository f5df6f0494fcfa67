import { correlation, type MongoTransactions } from '@medflow/service-kit';
import type { MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { type EventEnvelope, parseEnvelope, PoisonMessage, readData } from './envelope.js';
import { AlreadyHandled, type Inbox } from './inbox.js';
import { handled, handlerSeconds } from './metrics.js';
import { Failure, type Subscription } from './subscribe.js';

export interface Route extends Subscription {
  handler: MessageHandler;
}

/** Takes a delivery to its handler: once in effect, in one transaction with the record of it. */
export class Dispatcher {
  constructor(
    private readonly routes: ReadonlyMap<string, ReadonlyMap<string, Route>>,
    private readonly inbox: Inbox,
    private readonly transactions: MongoTransactions,
  ) {}

  /** @throws PoisonMessage for what no handler of this queue can ever read; else what the handler throws. */
  async dispatch(queue: string, body: Buffer | string): Promise<void> {
    const event = parseEnvelope(body);
    const route = this.routes.get(queue)?.get(event.type);
    if (!route) throw new PoisonMessage(`${queue} has no handler for ${event.type}`);
    const data = readData(route.contract, event.data);
    const context = { correlationId: event.correlationid, causationId: event.id, traceparent: event.traceparent };
    const stop = handlerSeconds.startTimer({ queue, type: event.type });
    try {
      const outcome = await correlation.run(context, () => this.once(route, { ...event, data }));
      handled.inc({ queue, type: event.type, outcome });
    } finally {
      stop();
    }
  }

  private async once(route: Route, event: EventEnvelope<object>): Promise<'done' | 'duplicate' | 'stale'> {
    try {
      return await this.transactions.run(async () => {
        const session = this.transactions.session!;
        await this.inbox.record(route.queue, event, session);
        if (route.stale === 'ignore' && (await this.inbox.isStale(route.queue, event, session))) return 'stale';
        const answer: unknown = await route.handler(event.data, event);
        const result = isObservable(answer) ? await lastValueFrom(answer, { defaultValue: undefined }) : answer;
        if (result instanceof Failure) throw result.error;
        return 'done';
      });
    } catch (error) {
      if (error instanceof AlreadyHandled) return 'duplicate';
      throw error;
    }
  }
}
