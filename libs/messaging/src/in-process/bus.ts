import { RepeatedWork } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import type { Db } from '../mongo.js';
import { type EventEnvelope, parseEnvelope } from '../envelope.js';
import { deadLettered } from '../metrics.js';
import { queuesOf, type Topology } from '../topology.js';
import { type Consumer, defaultRetryDelays, type OutgoingMessage, type PublishOutcome } from '../transport.js';
import { DeadLetterStore } from './dead-letter-store.js';
import { InProcessQueue } from './queue.js';
import { type WaitingDelivery, WaitingDeliveries } from './waiting-deliveries.js';

export interface InProcessBusOptions {
  /** Milliseconds before the second, third, … attempt. Default 1 s, 10 s, 1 min, 10 min. */
  retryDelays?: readonly number[];
  /** How often at first to look for replays that another process asked for, later at least twice a minute; default 5,000. */
  replayPollMs?: number;
}

type LiveHandler = (event: EventEnvelope) => void;

/**
 * The bus of a process that hosts every service, for machines without RabbitMQ. An event stays in the publisher's outbox
 * until each queue has handled it, parked it among the dead letters, or has it wait in the database, so a crash loses none.
 */
export class InProcessBus {
  readonly deadLetters: DeadLetterStore;
  private readonly logger = new Logger(InProcessBus.name);
  private readonly queues = new Map<string, InProcessQueue>();
  private readonly waiting: WaitingDeliveries;
  private readonly listeners = new Set<{ types: ReadonlySet<string>; handler: LiveHandler }>();
  private readonly delays: readonly number[];
  private readonly replays: RepeatedWork;
  private topology: Topology = {};

  constructor(db: Db, { retryDelays = defaultRetryDelays, replayPollMs = 5_000 }: InProcessBusOptions = {}) {
    this.deadLetters = new DeadLetterStore(db);
    this.waiting = new WaitingDeliveries(db);
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

  /** Resolves when every queue of its type has handled or parked the event, or keeps it. */
  async publish({ id, type, subject, body, live, to }: OutgoingMessage): Promise<PublishOutcome> {
    const queues = to ? [to] : queuesOf(this.topology, type);
    if (!to) this.notifyListeners(type, body);
    if (queues.length === 0) return live ? 'taken' : 'unroutable';
    // All of them, even when one rejects: the relay must not publish again while another still handles it.
    const results = await Promise.allSettled(queues.map((queue) => this.queue(queue).accept(id, subject, body)));
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
    for (const queue of this.queues.values()) queue.end();
  }

  private queue(name: string): InProcessQueue {
    const { waiting: store, delays: retryDelays } = this;
    const park = (delivery: WaitingDelivery, error: unknown) => this.park(name, delivery, error);
    const queue = this.queues.get(name) ?? new InProcessQueue({ name, store, retryDelays, park });
    this.queues.set(name, queue);
    return queue;
  }

  private notifyListeners(type: string, body: string): void {
    for (const { types, handler } of this.listeners) {
      if (!types.has(type)) continue;
      try {
        handler(parseEnvelope(body));
      } catch (error) {
        this.logger.error(`live handler of ${type}: ${String(error)}`);
      }
    }
  }

  private async park(queue: string, delivery: WaitingDelivery, error: unknown): Promise<void> {
    const { body, attempts, firstFailedAt = new Date() } = delivery;
    const { id = delivery.id, type, subject } = describe(body);
    const failure = { error: String(error), attempts, firstFailedAt: firstFailedAt.toISOString() };
    await this.deadLetters.park({ ...failure, id, queue, type, subject, body });
    deadLettered.inc({ queue });
    this.logger.error(`${queue}: ${type ?? 'message'} ${id} is a dead letter now: ${String(error)}`);
  }

  /** Parked again, the letter has lost its wish for a replay and stays. */
  private async replayWanted(): Promise<void> {
    for (const { queue, id, body } of await this.deadLetters.wanted()) {
      const subject = describe(body).subject ?? id;
      await this.queue(queue).keep({ id, subject, body, attempts: 0, dueAt: new Date() });
      await this.deadLetters.dropReplayed(queue, id);
    }
  }
}

function describe(body: string): { id?: string; type?: string; subject?: string } {
  try {
    return parseEnvelope(body);
  } catch {
    return {};
  }
}
