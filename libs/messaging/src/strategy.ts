import type { Contract } from '@medflow/contracts';
import type { MongoTransactions } from '@medflow/service-kit';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { Dispatcher, type Route } from './dispatcher.js';
import type { Inbox } from './inbox.js';
import type { Patience } from './patience.js';
import type { Relay } from './relay/relay.js';
import type { Subscription } from './subscribe.js';
import { queuesOf, type Topology } from './topology.js';
import type { Transport } from './transport.js';

/** Nest's side of the bus: `@Subscribe` methods in, drained shutdown out. */
export class BusStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('medflow-bus');
  /** Failures decide about a retry: Nest must not swallow them. */
  override readonly propagatesEventHandlerErrors = true;

  constructor(
    private readonly service: string,
    private readonly topology: Topology,
    private readonly contracts: readonly Contract[],
    private readonly transport: Transport,
    private readonly relay: Relay,
    private readonly inbox: Inbox,
    private readonly transactions: MongoTransactions,
    private readonly patience: Patience,
  ) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(() => callback(), callback);
  }

  /** Handlers under way finish and are acknowledged, what they published is handed over, then the connections close. */
  async close(): Promise<void> {
    this.patience.end();
    await this.transport.stopConsuming();
    await this.relay.stop();
    await this.transport.close();
  }

  /** @throws Error while events neither come nor go */
  async checkConnection(): Promise<void> {
    if (!this.transport.connected) throw new Error('no connection to the broker');
  }

  on(): never {
    throw new Error('the bus has no events of its own');
  }

  unwrap<T>(): T {
    return this.transport as T;
  }

  private async start(): Promise<void> {
    const routes = this.routes();
    const known = new Set(this.contracts.map(({ type }) => type));
    const dispatcher = new Dispatcher(routes, this.inbox, this.transactions, known);
    await this.inbox.prepare();
    for (const [queue, handlers] of routes) {
      this.transport.consume(queue, {
        batch: Math.min(...[...handlers.values()].map(({ batch }) => batch)),
        together: (bodies) => dispatcher.dispatch(queue, bodies),
        alone: (body) => this.patience.outlast(() => dispatcher.dispatch(queue, [body])),
      });
    }
    await this.transport.connect();
    await this.relay.start();
  }

  /** @throws Error when subscriptions and topology disagree: an event would wait for ever or die unread. */
  private routes(): Map<string, Map<string, Route>> {
    const routes = new Map<string, Map<string, Route>>();
    for (const handler of this.messageHandlers.values()) {
      const subscription = handler.extras?.['subscription'] as Subscription | undefined;
      if (!subscription) continue;
      const { queue, contract } = subscription;
      if (handler.next) throw new Error(`two handlers for ${contract.type} on ${queue}`);
      if (!queuesOf(this.topology, contract.type).includes(queue))
        throw new Error(`${queue} does not take ${contract.type}`);
      if (!routes.has(queue)) routes.set(queue, new Map());
      routes.get(queue)!.set(contract.type, { ...subscription, handler });
    }
    for (const [queue, handlers] of routes) {
      const missing = this.topology[queue]!.filter((type) => !handlers.has(type));
      if (missing.length > 0) throw new Error(`${queue} has no handler for ${missing.join(', ')}`);
    }
    for (const queue of Object.keys(this.topology)) {
      const own = queue.startsWith(`${this.service}.`);
      if (own && !routes.has(queue))
        this.logger.warn(`nothing in ${this.service} consumes ${queue}: its events pile up`);
    }
    return routes;
  }
}
