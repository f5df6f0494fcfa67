import { onlyWhenAsked, type Next, RepeatedWork } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import { type Delivery, DeliveryBatches } from '../delivery-batches.js';
import { PoisonMessage } from '../envelope.js';
import { retried } from '../metrics.js';
import { concurrency, type Consumer } from '../transport.js';
import type { WaitingDelivery, WaitingStore } from './waiting-deliveries.js';

/** More than that wait in the database. */
export const mostInMemory = 200;
const faultPauseMs = 1_000;

export interface QueueOptions {
  name: string;
  store: WaitingStore;
  retryDelays: readonly number[];
  /** Keeps what was given up. @throws when it could not */
  park(delivery: WaitingDelivery, error: unknown): Promise<void>;
}

/**
 * One queue of the in-process bus. What cannot be handled now waits in the database, as it would at a broker: the
 * publisher is done with it, and a queue that fails, is slow or has no consumer holds up nobody else and fills no memory.
 */
export class InProcessQueue {
  private readonly logger: Logger;
  private batches?: DeliveryBatches;
  /** In memory, in order, while nothing consumes. */
  private unopened: Delivery[] = [];
  /** Read from the database and not removed yet. */
  private readonly read = new Set<string>();
  private handled: string[] = [];
  /** What comes goes behind those that wait in the database. */
  private overflowing = false;
  private readonly reading: RepeatedWork;
  private readonly removing: RepeatedWork;

  constructor(private readonly options: QueueOptions) {
    const { name } = options;
    this.logger = new Logger(`Queue:${name}`);
    const work = { idleMs: onlyWhenAsked, failureMs: [500, 10_000] as const, logger: this.logger };
    this.reading = new RepeatedWork({ name: `bus.waiting.${name}`, run: () => this.readWaiting(), ...work });
    this.removing = new RepeatedWork({ name: `bus.handled.${name}`, run: () => this.removeHandled(), ...work });
    this.removing.start();
  }

  /** @throws Error when it has a consumer already */
  open(consumer: Consumer): void {
    if (this.batches) throw new Error(`${this.options.name} has a consumer already`);
    this.batches = new DeliveryBatches(consumer, concurrency);
    for (const delivery of this.unopened.splice(0)) this.batches.add(delivery);
    this.reading.start(0);
  }

  /** What has not begun waits for the next consumer; resolves when what has is done. */
  async close(): Promise<void> {
    const { batches } = this;
    this.batches = undefined;
    this.unopened.push(...(batches?.stop() ?? []));
    await this.reading.stop();
    await batches?.idle();
  }

  /** Ends its own work; nothing is handled any more. */
  end(): void {
    void this.reading.stop();
    void this.removing.stop();
  }

  /** Resolves when it is handled or parked, or waits in the database. @throws Error when none of it could be done */
  accept(id: string, subject: string, body: string): Promise<void> {
    const delivery = { id, subject, body, attempts: 0, dueAt: new Date() };
    if (this.overflowing || this.inMemory >= mostInMemory) {
      this.overflowing = true;
      return this.keep(delivery);
    }
    return new Promise((resolve, reject) =>
      this.add({
        subject,
        body,
        succeeded: () => {
          resolve();
          this.goOn();
        },
        failed: (error) => this.putOff(delivery, error).then(() => resolve(), reject),
      }),
    );
  }

  /** Has it wait in the database, to be handled when it is due. */
  async keep(delivery: WaitingDelivery): Promise<void> {
    await this.options.store.put(this.options.name, delivery);
    this.reading.nudge(delivery.dueAt);
  }

  private get inMemory(): number {
    return this.unopened.length + (this.batches?.size ?? 0);
  }

  private add(delivery: Delivery): void {
    if (this.batches) this.batches.add(delivery);
    else this.unopened.push(delivery);
  }

  /** There is room again for what waits in the database. */
  private goOn(): void {
    if (this.overflowing && this.inMemory <= mostInMemory / 2) this.reading.nudge();
  }

  /** False when it was parked and is tried no more. */
  private async putOff(delivery: WaitingDelivery, error: unknown): Promise<boolean> {
    const attempts = delivery.attempts + 1;
    const tried = { ...delivery, attempts, firstFailedAt: delivery.firstFailedAt ?? new Date() };
    const delay = this.options.retryDelays[attempts - 1];
    if (error instanceof PoisonMessage || delay === undefined) {
      await this.options.park(tried, error);
      return false;
    }
    await this.keep({ ...tried, dueAt: new Date(Date.now() + delay) });
    retried.inc({ queue: this.options.name });
    this.logger.warn(`attempt ${attempts} of ${delivery.id} failed, again in ${delay} ms: ${String(error)}`);
    return true;
  }

  private async readWaiting(): Promise<Next> {
    const room = mostInMemory - this.inMemory;
    if (room <= 0) return undefined;
    const rows = await this.options.store.first(this.options.name, room, [...this.read]);
    const now = new Date();
    const due = rows.filter(({ dueAt }) => dueAt <= now);
    for (const row of due) this.handle(row);
    if (due.length < room) this.overflowing = false;
    return rows[due.length]?.dueAt;
  }

  private handle(delivery: WaitingDelivery): void {
    const { id, subject, body } = delivery;
    this.read.add(id);
    this.add({
      subject,
      body,
      succeeded: () => this.done(id),
      failed: (error) => this.tryLater(delivery, error),
    });
  }

  private async tryLater(delivery: WaitingDelivery, error: unknown): Promise<void> {
    try {
      if (!(await this.putOff(delivery, error))) return this.done(delivery.id);
      this.read.delete(delivery.id);
      this.reading.nudge();
    } catch (fault) {
      // It is where it was, and due.
      this.logger.warn(`${delivery.id} failed and could not be put off: ${String(fault)}`);
      this.read.delete(delivery.id);
      this.reading.nudge(new Date(Date.now() + faultPauseMs));
    }
  }

  private done(id: string): void {
    this.handled.push(id);
    this.removing.nudge();
  }

  private async removeHandled(): Promise<void> {
    const ids = this.handled;
    if (ids.length === 0) return;
    this.handled = [];
    try {
      await this.options.store.remove(this.options.name, ids);
    } catch (error) {
      this.handled.push(...ids);
      throw error;
    }
    for (const id of ids) this.read.delete(id);
    this.reading.nudge();
  }
}
