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

interface Delivery {
  queue: string;
  route: Route;
  event: EventEnvelope<object>;
}

type Outcome = 'done' | 'duplicate' | 'stale';

/** Takes deliveries to their handlers: once in effect, in one transaction with the record of it. */
export class Dispatcher {
  constructor(
    private readonly routes: ReadonlyMap<string, ReadonlyMap<string, Route>>,
    private readonly inbox: Inbox,
    private readonly transactions: MongoTransactions,
    /** Every type that there is, also those that these routes do not take. */
    private readonly known: ReadonlySet<string>,
  ) {}

  /**
   * All of them or none.
   * @throws PoisonMessage for what no handler of this queue can ever read; else what a handler throws.
   */
  async dispatch(queue: string, bodies: readonly (Buffer | string)[]): Promise<void> {
    const deliveries = bodies.flatMap((body) => this.read(queue, body) ?? []);
    if (deliveries.length === 0) return;
    const stops = deliveries.map(({ event: { type } }) => handlerSeconds.startTimer({ queue, type }));
    try {
      const outcomes = await this.handle(deliveries);
      for (const [index, outcome] of outcomes.entries())
        handled.inc({ queue, type: deliveries[index]!.event.type, outcome });
    } finally {
      for (const stop of stops) stop();
    }
  }

  /** Undefined for what an earlier version had the queue take. */
  private read(queue: string, body: Buffer | string): Delivery | undefined {
    const event = parseEnvelope(body);
    const route = this.routes.get(queue)?.get(event.type);
    if (!route) {
      if (!this.known.has(event.type)) throw new PoisonMessage(`${queue} has no handler for ${event.type}`);
      handled.inc({ queue, type: event.type, outcome: 'not-taken' });
      return undefined;
    }
    return { queue, route, event: { ...event, data: readData(route.contract, event.data) } };
  }

  private async handle(deliveries: readonly Delivery[]): Promise<Outcome[]> {
    try {
      return await this.transactions.run(async () => {
        const recorded = deliveries.filter(({ route }) => route.dedupe === 'inbox');
        await this.inbox.record(recorded, this.transactions.session!);
        const outcomes: Outcome[] = [];
        for (const delivery of deliveries) outcomes.push(await this.one(delivery));
        return outcomes;
      });
    } catch (error) {
      if (error instanceof AlreadyHandled && deliveries.length === 1) return ['duplicate'];
      throw error;
    }
  }

  private one({ route, event }: Delivery): Promise<Outcome> {
    const context = { correlationId: event.correlationid, causationId: event.id, traceparent: event.traceparent };
    return correlation.run(context, async () => {
      const session = this.transactions.session!;
      if (route.stale === 'ignore' && (await this.inbox.isStale(route.queue, event, session))) return 'stale';
      const answer: unknown = await route.handler(event.data, event);
      const result = isObservable(answer) ? await lastValueFrom(answer, { defaultValue: undefined }) : answer;
      if (result instanceof Failure) throw result.error;
      return 'done';
    });
  }
}
