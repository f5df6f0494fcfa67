import type { Contract } from '@medflow/contracts';
import { BackgroundWorks, DatabaseHealth, MongoTransactions, Readiness } from '@medflow/service-kit';
import { type DynamicModule, type INestApplication, Module } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { AmqpTransport } from './amqp/transport.js';
import { Gaps, isCounted } from './gaps.js';
import { Inbox } from './inbox.js';
import { InProcessTransport } from './in-process/transport.js';
import { LivePublisher } from './live-publisher.js';
import { Outbox } from './outbox.js';
import { Patience } from './patience.js';
import { Relay, type RelayOptions } from './relay/relay.js';
import { Beginning } from './replay/beginning.js';
import { KnownFacts, type SequenceKept } from './replay/known-facts.js';
import { MissingFactsController } from './replay/missing-facts.controller.js';
import { BusOfService } from './replay/replaying.js';
import { BusStrategy } from './strategy.js';
import type { BusConfig } from './bus-config.js';
import { type Transport, type TransportOptions } from './transport.js';

export interface MessagingOptions extends Omit<TransportOptions, 'namespace'> {
  contracts: readonly Contract[];
  bus: BusConfig;
  relay?: RelayOptions;
  /** Where handlers keep sequences of their own: what is there is not missing. */
  kept?: readonly SequenceKept[];
}

/** Needs {@link MongoTransactions} and the mongoose connection from the application. */
@Module({})
export class MessagingModule {
  /** @throws Error when the topology names a type without contract, or two contracts have one type. */
  static forService(options: MessagingOptions): DynamicModule {
    const { service, topology, contracts } = options;
    checkTypes(options);
    const transport = transportFor(options);
    return {
      module: MessagingModule,
      global: true,
      controllers: [MissingFactsController],
      providers: [
        Beginning,
        { provide: BusOfService, useValue: { service, topology, transport } satisfies BusOfService },
        {
          provide: KnownFacts,
          inject: [getConnectionToken()],
          useFactory: (connection: Connection) => new KnownFacts(() => connection.db!, options.kept),
        },
        {
          provide: Relay,
          inject: [getConnectionToken(), MongoTransactions, DatabaseHealth],
          useFactory: (connection: Connection, transactions: MongoTransactions, health: DatabaseHealth) => {
            const relay = new Relay(service, transactions, () => connection.db!, transport, {
              sole: options.bus.sole ?? false,
              ...options.relay,
            });
            health.back.subscribe(relay.retry);
            return relay;
          },
        },
        {
          provide: Outbox,
          inject: [getConnectionToken(), MongoTransactions, Relay],
          useFactory: async (connection: Connection, transactions: MongoTransactions, relay: Relay) => {
            const outbox = new Outbox(service, () => connection.db!, transactions, relay.offer, relay.replica);
            await outbox.prepare();
            return outbox;
          },
        },
        { provide: LivePublisher, useFactory: () => new LivePublisher(service, transport) },
        {
          provide: Gaps,
          inject: [getConnectionToken(), BackgroundWorks],
          useFactory: (connection: Connection, works: BackgroundWorks) => {
            const counted = (queue: string, type: string) => isCounted(topology, options.contracts, queue, type);
            return new Gaps(() => connection.db!, counted, works, service);
          },
        },
        {
          provide: BusStrategy,
          inject: [getConnectionToken(), MongoTransactions, DatabaseHealth, Relay, Gaps],
          useFactory: (
            connection: Connection,
            transactions: MongoTransactions,
            health: DatabaseHealth,
            relay: Relay,
            gaps: Gaps,
          ) => {
            const inbox = new Inbox(connection.db!, gaps);
            const patience = new Patience(health);
            return new BusStrategy(service, topology, contracts, transport, relay, inbox, transactions, patience);
          },
        },
      ],
      exports: [Outbox, LivePublisher, BusStrategy, BusOfService, Beginning],
    };
  }
}

/**
 * Joins the application to the bus: its subscriptions run, its outbox flows, and `app.close()` drains both. Without the
 * broker it is not ready, though it goes on taking what the outbox can keep.
 */
export async function connectBus(app: INestApplication): Promise<void> {
  const strategy = app.get(BusStrategy);
  app.get(Readiness, { strict: false }).register('bus', () => strategy.checkConnection());
  app.connectMicroservice({ strategy });
  await app.startAllMicroservices();
}

function transportFor(options: MessagingOptions): Transport {
  const { bus } = options;
  if (bus.kind === 'in-process') return new InProcessTransport(bus.bus, options);
  return new AmqpTransport(bus.url, { ...options, namespace: bus.namespace });
}

function checkTypes({ contracts, topology }: MessagingOptions): void {
  const types = contracts.map(({ type }) => type);
  const doubled = types.find((type, index) => types.indexOf(type) !== index);
  if (doubled) throw new Error(`two contracts are called ${doubled}`);
  for (const [queue, taken] of Object.entries(topology)) {
    const unknown = taken.find((type) => !types.includes(type));
    if (unknown) throw new Error(`${queue} takes ${unknown}, which is no contract`);
  }
}
