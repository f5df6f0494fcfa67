import { RepeatedWork } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import type { Db } from '../mongo.js';
import { v7 as uuidv7 } from 'uuid';
import { type Delivery, DeliveryBatches } from '../delivery-batches.js';
import { type EventEnvelope, parseEnvelope, PoisonMessage } from '../envelope.js';
import { deadLettered, retried } from '../metrics.js';
import { queuesOf, type Topology } from '../topology.js';
import {
  concurrency,
  type Consumer,
  defaultRetryDelays,
  type OutgoingMessage,
  type PublishOutcome,
} from '../transport.js';
import { DeadLetterStore } from './dead-letter-store.js';

export interface InProcessBusOptions {
  /** Milliseconds before the second, third, … attempt. Default 1 s, 10 s, 1 min, 10 min. */
  retryDelays?: readonly number[];
  /** How often at first to look for replays that another process asked for, later at least twice a minute; default 5,000. */
  replayPollMs?: number;
}

type LiveHandler = (event: EventEnvelope) => void;

/**
 * The bus of a process that hosts every service, for machines without RabbitMQ. It stores nothing but dead letters: an
 * event stays in the publisher's outbox until each queue has handled or parked it, so a crash delivers it again.
 */
export class InProcessBus {
  readonly deadLetters: DeadLetterStore;
  private readonly logger = new Logger(InProcessBus.name);
  private readonly queues = new Map<string, Queue>();
  private readonly listeners = new Set<{ types: ReadonlySet<string>; handler: LiveHandler }>();
  private readonly replaying = new Set<string>();
  private readonly delays: readonly number[];
  private readonly replays: RepeatedWork;
  private topology: Topology = {};

  constructor(db: Db, { retryDelays = defaultRetryDelays, replayPollMs = 5_000 }: InProcessBusOptions = {}) {
    this.deadLetters = new DeadLetterStore(db);
    this.delays = retryDelays;
    this.replays = new RepeatedWork({
      name: 'bus.replays',
      run: () => this.replayWanted(),
      idleMs: [replayPollMs, 30_000],
      logger: this.logger,
    }).start();
  }

  /** Every service declares the whole topology; the same queue twice is one queue. */
  declare(topology: Topology): void {
    this.topology = { ...this.topology, ...topology };
  }

  /** Resolves when every queue of its type has handled or parked the event. */
  async publish({ type, subject, body, live, to }: OutgoingMessage): Promise<PublishOutcome> {
    const queues = to ? [to] : queuesOf(this.topology, type);
    if (!to) this.tell(type, body);
    if (queues.length === 0) return live ? 'taken' : 'unroutable';
    // All of them, even when one rejects: the relay must not publish again while another still handles it.
    const results = await Promise.allSettled(queues.map((queue) => this.deliver(queue, subject, body)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    return 'taken';
  }

  /** @throws Error when the queue has a consumer already. */
  consume(queue: string, consumer: Consumer): void {
    this.queue(queue).open(consumer);
  }

  /** Later deliveries wait for the next consumer; resolves when those under way are done. */
  async stop(queue: string): Promise<void> {
    await this.queue(queue).close();
  }

  /** Fans out to whoever listens now; returns how to stop. */
  subscribe(types: readonly string[], handler: LiveHandler): () => void {
    const listener = { types: new Set(types), handler };
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  close(): void {
    void this.replays.stop();
  }

  private queue(name: string): Queue {
    const queue = this.queues.get(name) ?? new Queue(name);
    this.queues.set(name, queue);
    return queue;
  }

  private tell(type: string, body: string): void {
    for (const { types, handler } of this.listeners) {
      if (!types.has(type)) continue;
      try {
        handler(parseEnvelope(body));
      } catch (error) {
        this.logger.error(`live handler of ${type}: ${String(error)}`);
      }
    }
  }

  /** Tries until it is handled or parked. @throws Error when it could not even be parked. */
  private async deliver(queue: string, subject: string, body: string): Promise<void> {
    let firstFailedAt: string | undefined;
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await this.queue(queue).handle(subject, body);
      } catch (error) {
        firstFailedAt ??= new Date().toISOString();
        const delay = this.delays[attempts - 1];
        if (error instanceof PoisonMessage || delay === undefined) {
          return this.park(queue, body, { error, attempts, firstFailedAt });
        }
        retried.inc({ queue });
        this.logger.warn(`${queue}: attempt ${attempts} failed, again in ${delay} ms: ${String(error)}`);
        await new Promise((resolve) => setTimeout(resolve, delay).unref());
      }
    }
  }

  private async park(
    queue: string,
    body: string,
    failure: { error: unknown; attempts: number; firstFailedAt: string },
  ) {
    const { id, type, subject } = describe(body);
    await this.deadLetters.park({
      ...failure,
      error: String(failure.error),
      id: id ?? uuidv7(),
      queue,
      type,
      subject,
      body,
    });
    deadLettered.inc({ queue });
    this.logger.error(`${queue}: ${type ?? 'message'} ${id ?? ''} is a dead letter now: ${String(failure.error)}`);
  }

  private async replayWanted(): Promise<void> {
    for (const { queue, id, body } of await this.deadLetters.wanted()) {
      const key = `${queue}|${id}`;
      if (this.replaying.has(key) || !this.queue(queue).opened) continue;
      this.replaying.add(key);
      void this.replayOne(queue, id, body).finally(() => this.replaying.delete(key));
    }
  }

  private async replayOne(queue: string, id: string, body: string): Promise<void> {
    try {
      await this.deliver(queue, describe(body).subject ?? id, body);
      // Parked again, the letter has lost its wish for a replay and stays.
      await this.deadLetters.dropReplayed(queue, id);
    } catch (error) {
      this.logger.warn(`${queue}: replay of ${id}: ${String(error)}`);
    }
  }
}

/** One consumer, or none yet: what arrives before it starts waits here, and in the publisher's outbox. */
class Queue {
  private batches?: DeliveryBatches;
  private waiting: Delivery[] = [];

  constructor(private readonly name: string) {}

  get opened(): boolean {
    return this.batches !== undefined;
  }

  open(consumer: Consumer): void {
    if (this.batches) throw new Error(`${this.name} has a consumer already`);
    this.batches = new DeliveryBatches(consumer, concurrency);
    for (const delivery of this.waiting.splice(0)) this.batches.add(delivery);
  }

  async close(): Promise<void> {
    const { batches } = this;
    this.batches = undefined;
    this.waiting.push(...(batches?.stop() ?? []));
    await batches?.idle();
  }

  handle(subject: string, body: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const delivery: Delivery = { subject, body, succeeded: resolve, failed: async (error) => reject(error) };
      if (this.batches) this.batches.add(delivery);
      else this.waiting.push(delivery);
    });
  }
}

function describe(body: string): { id?: string; type?: string; subject?: string } {
  try {
    return parseEnvelope(body);
  } catch {
    return {};
  }
}
