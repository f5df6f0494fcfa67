import { defineContract } from '@medflow/contracts';
import { MongoModule, MongoTransactions, Readiness } from '@medflow/service-kit';
import { Controller, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { InjectConnection } from '@nestjs/mongoose';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { connect } from 'amqplib';
import { IsString } from 'class-validator';
import mongoose from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import {
  type BusConfig,
  connectBus,
  deadLetters,
  type DeadLetters,
  type EventEnvelope,
  InProcessBus,
  MessagingModule,
  Outbox,
  type RelayOptions,
  Subscribe,
  type Topology,
} from '../src/index.js';
import type { OutboxRow } from '../src/outbox.js';
import { Names } from '../src/topology.js';

class Note {
  @IsString() text: string;
}
export const noteOf = (type: string, live = false, counter?: string) =>
  defineContract({ type, data: Note, example: { text: 'a' }, live, ...(counter && { counter }) });
export const noted = noteOf('tests.noted.v1', false, 'note');
export const lonely = noteOf('tests.lonely.v1');
export const flashed = noteOf('tests.flashed.v1', true);

export const topology = { 'tests.notes': [noted.type], 'tests.latest': [noted.type] };
export const retryDelays = [40, 80];
const quick: RelayOptions = { pollMs: 100, leaseMs: 600 };

/** What a handler does beside recording its effect; a test replaces it. */
export class Behaviour {
  notes: (event: EventEnvelope<Note>) => Promise<void> | void = () => undefined;
}

@Controller()
class Subscriptions {
  constructor(
    private readonly behaviour: Behaviour,
    @InjectConnection() private readonly connection: mongoose.Connection,
    private readonly transactions: MongoTransactions,
  ) {}

  @Subscribe(noted, { queue: 'tests.notes', dedupe: 'inbox' })
  async note(_: Note, event: EventEnvelope<Note>): Promise<void> {
    await this.record('notes', event);
    await this.behaviour.notes(event);
  }

  @Subscribe(noted, { queue: 'tests.latest', dedupe: 'none', stale: 'ignore' })
  async latest(_: Note, event: EventEnvelope<Note>): Promise<void> {
    await this.record('latest', event);
  }

  private async record(effect: string, event: EventEnvelope<Note>): Promise<void> {
    const { session } = this.transactions;
    const { causationid, correlationid, subject, sequence, data } = event;
    await this.connection
      .db!.collection<{ _id: string }>('effects')
      .insertOne({ _id: uuidv7(), effect, text: data.text, subject, sequence, correlationid, causationid } as never, {
        session,
      });
  }
}

export interface Service {
  app: INestApplication;
  behaviour: Behaviour;
  /** One event about `subject`, in a transaction of its own; sequences count up by themselves. */
  say(text: string, subject?: string, contract?: typeof noted): Promise<void>;
  /** Several events in one transaction. */
  sayAll(texts: string[], subject?: string): Promise<void>;
  close(): Promise<void>;
}

export type Kind = 'RabbitMQ' | 'in-process';
export const kinds: Kind[] = process.env['RABBITMQ_URL'] ? ['RabbitMQ', 'in-process'] : ['in-process'];

/** One database and one bus of its own: services of a test share them, tests share nothing. */
export class MessagingHarness {
  readonly namespace = `t${uuidv7()}`;
  private readonly services: Service[] = [];
  private sequence = 0;
  private letters?: DeadLetters;
  private readonly buses: InProcessBus[] = [];
  readonly bus: BusConfig;

  private constructor(
    readonly kind: Kind,
    private readonly connection: mongoose.Connection,
  ) {
    this.bus = this.anotherBus();
  }

  static async open(kind: Kind): Promise<MessagingHarness> {
    const connection = await mongoose
      .createConnection(process.env['MONGODB_URI']!, { dbName: `bus-${uuidv7()}` })
      .asPromise();
    return new MessagingHarness(kind, connection);
  }

  get db() {
    return this.connection.db!;
  }

  get outbox() {
    return this.db.collection<OutboxRow>('outbox');
  }

  async service({
    bus = this.bus,
    relay = quick,
    queues = topology,
    mongoUri = process.env['MONGODB_URI']!,
  }: { bus?: BusConfig; relay?: RelayOptions; queues?: Topology; mongoUri?: string } = {}): Promise<Service> {
    const uri = new URL(mongoUri);
    uri.pathname = `/${this.connection.name}`;
    const host = {
      module: class Host {},
      imports: [
        MongoModule.forService(uri.toString()),
        MessagingModule.forService({
          service: 'tests',
          contracts: [noted, lonely, flashed],
          topology: queues,
          bus,
          relay,
          retryDelays,
        }),
      ],
      providers: [Readiness, { provide: Behaviour, useValue: new Behaviour() }],
      controllers: [Subscriptions],
    };
    const app = await NestFactory.create(host as never, new FastifyAdapter(), {
      logger: process.env['TEST_LOG'] ? ['warn', 'error'] : false,
    });
    try {
      await connectBus(app);
      await app.init();
    } catch (error) {
      await app.close();
      throw error;
    }
    const transactions = app.get(MongoTransactions);
    const outbox = app.get(Outbox);
    const append = (texts: string[], subject: string, contract: typeof noted) => {
      const events = texts.map((text) => ({ contract, subject, sequence: (this.sequence += 1), data: { text } }));
      return transactions.run(() => outbox.append(events));
    };
    const service: Service = {
      app,
      behaviour: app.get(Behaviour),
      say: (text, subject = 'patient', contract = noted) => append([text], subject, contract),
      sayAll: (texts, subject = 'patient') => append(texts, subject, noted),
      close: () => app.close(),
    };
    this.services.push(service);
    return service;
  }

  /** What a second process has: the same broker, or an in-process bus of its own. */
  anotherBus(url = process.env['RABBITMQ_URL']!): BusConfig {
    if (this.kind === 'RabbitMQ') return { kind: 'amqp', url, namespace: this.namespace };
    const bus = new InProcessBus(this.db, { retryDelays, replayPollMs: 50 });
    this.buses.push(bus);
    return { kind: 'in-process', bus };
  }

  /** An envelope or any other text, as if a service had put it into the outbox. */
  async post(body: string, { type = noted.type, subject = 'patient' } = {}): Promise<void> {
    await this.outbox.insertOne({ _id: uuidv7(), type, subject, sequence: 1, live: false, body, at: new Date() });
  }

  envelope(text: string, over: Partial<EventEnvelope> = {}): string {
    return JSON.stringify({
      specversion: '1.0',
      id: uuidv7(),
      source: '/medflow/tests',
      type: noted.type,
      subject: 'patient',
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      correlationid: 'c',
      sequence: 1,
      data: { text },
      ...over,
    });
  }

  /** Committed effects, in the order of their commits. */
  async effects(effect = 'notes', filter: object = {}): Promise<string[]> {
    const rows = await this.db
      .collection('effects')
      .find({ effect, ...filter })
      .sort({ _id: 1 })
      .toArray();
    return rows.map((row) => row['text'] as string);
  }

  /** Closed with the harness. */
  get deadLetters(): DeadLetters {
    this.letters ??= deadLetters(this.bus, topology);
    return this.letters;
  }

  async close(): Promise<void> {
    for (const service of this.services) await service.close();
    await this.letters?.close();
    for (const bus of this.buses) bus.close();
    if (this.kind === 'RabbitMQ') await this.deleteQueues();
    await this.connection.dropDatabase();
    await this.connection.close();
  }

  private async deleteQueues(): Promise<void> {
    const names = new Names(this.namespace);
    const model = await connect(process.env['RABBITMQ_URL']!);
    const channel = await model.createChannel();
    for (const queue of Object.keys(topology)) {
      await channel.deleteQueue(names.queue(queue));
      await channel.deleteQueue(names.dead(queue));
    }
    for (const delay of retryDelays) {
      await channel.deleteQueue(names.retry(delay));
      await channel.deleteExchange(names.retry(delay));
    }
    await channel.deleteExchange(names.exchange);
    await model.close();
  }
}

/** Waits until the probe passes, at most 15 seconds; a probe that is dear to the database is asked less often. */
export async function eventually(probe: () => Promise<void> | void, withinMs = 15_000, everyMs = 25): Promise<void> {
  for (const end = Date.now() + withinMs; ;) {
    try {
      return await probe();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(everyMs);
    }
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
