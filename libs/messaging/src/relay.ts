import type { MongoTransactions } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import type { ChangeStream, Db } from './mongo.js';
import { ensureCollection } from './inbox.js';
import { Deposed, RelayLease } from './lease.js';
import { published, unroutable, watchBacklog } from './metrics.js';
import type { OutboxRow } from './outbox.js';
import { Signal } from './signal.js';
import type { PublishOutcome, Transport } from './transport.js';

export interface RelayOptions {
  /** Between two looks at an outbox that gave no sign; default 500. */
  pollMs?: number;
  /** After this long without a sign of life another relay takes over; default 5,000. */
  leaseMs?: number;
  /** Rows read at a time; default 500. */
  batch?: number;
  /** Events given to the bus and not yet taken; default 5,000. */
  maxInFlight?: number;
  /** Follow the outbox by change stream: for several replicas, whose writers cannot nudge the relay that holds the lease. */
  changeStream?: boolean;
}

/** How long marks wait for company: nobody waits for them, and under load one transaction then marks many events. */
const markDelayMs = 100;
/** Between two looks under load: nudges given meanwhile share the next one. An idle outbox is looked at at once. */
const gapMs = 20;
const longestPauseMs = 5_000;
const longestRetryMs = 300_000;

/**
 * Publishes the outbox in the order of its rows. Polling is the truth; nudges only make it fast. An event leaves the
 * outbox after the bus has taken it, so it can be published twice but never lost.
 */
export class Relay {
  private readonly logger: Logger;
  private readonly lease: RelayLease;
  private readonly signal = new Signal();
  private readonly inFlight = new Map<string, OutboxRow>();
  private settled: { row: OutboxRow; outcome: PublishOutcome }[] = [];
  /** Committed in this process and not published yet, in order of their commits. */
  private offered: OutboxRow[] = [];
  /** Somebody else wrote, or more was written than could be offered: the outbox has to be read now. */
  private unread = true;
  private marking?: Promise<void>;
  private loop?: Promise<void>;
  private stopping = false;
  private lastRead = 0;
  private lastPass = 0;
  private failedReads = 0;
  private failedPublications = 0;
  /** A lost connection fails a thousand publications at once: that is one failure. */
  private roundFailed = false;
  private full = false;
  private changes?: ChangeStream;
  private forgetBacklog?: () => void;

  constructor(
    private readonly service: string,
    private readonly transactions: MongoTransactions,
    private readonly db: () => Db,
    private readonly transport: Transport,
    private readonly options: RelayOptions = {},
  ) {
    this.logger = new Logger(`Relay:${service}`);
    this.lease = new RelayLease(db, options.leaseMs ?? 5_000);
    transport.onReady(this.nudge);
  }

  private get rows() {
    return this.db().collection<OutboxRow>('outbox');
  }

  async start(): Promise<void> {
    await ensureCollection(this.db(), 'outbox');
    await ensureCollection(this.db(), 'relay_lease');
    this.stopping = false;
    this.forgetBacklog = watchBacklog(this.service, () => this.backlogAge());
    if (this.options.changeStream) this.follow();
    this.loop = this.run();
  }

  /** Something was committed elsewhere. Only the holder looks at once: the others would find the lease taken. */
  nudge = (): void => {
    this.unread = true;
    if (this.lease.held) this.signal.give();
  };

  /**
   * Rows that this process has just committed: published without being read back. That is only the fast way; polling
   * finds whatever does not take it.
   */
  offer = (rows: readonly OutboxRow[]): void => {
    if (!this.lease.held || this.stopping) return;
    const { maxInFlight = 5_000 } = this.options;
    const room = this.failures === 0 && this.offered.length + this.inFlight.size + rows.length <= maxInFlight;
    if (room) this.offered.push(...rows);
    else this.unread = true;
    this.signal.give();
  };

  /** Finishes what is under way (at most a second for handlers of the in-process bus), marks it, gives the lease back. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.signal.give();
    await this.changes?.close();
    await this.loop;
    for (let left = 50; left > 0 && this.inFlight.size > this.settled.length; left -= 1) await pause(20);
    await this.mark();
    await this.lease.release().catch((error: unknown) => this.logger.warn(`lease not released: ${String(error)}`));
    this.forgetBacklog?.();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      let more = false;
      try {
        if (!(await this.lease.hold())) this.forget();
        else if (this.transport.ready) more = await this.relay();
      } catch (error) {
        this.unread = true;
        this.failedReads += 1;
        this.logger.warn(`outbox not read: ${String(error)}`);
      }
      if (this.failures > 0) {
        // Deaf to nudges: they must not turn a failing database or broker into a busy loop.
        if (!this.stopping) await pause(this.pause());
      } else if (!more) {
        await this.signal.wait(this.pause());
        const early = this.lastPass + gapMs - Date.now();
        if (early > 0 && !this.stopping) await pause(early);
      }
    }
  }

  /** Reads the outbox when it is time to, else publishes what was offered. True when there may be more to read at once. */
  private async relay(): Promise<boolean> {
    const due = this.unread || Date.now() - this.lastRead >= (this.options.pollMs ?? 500);
    if (due && (await this.relayBatch())) return true;
    this.lastPass = Date.now();
    // Older rows first: while there are any to read, offers wait (and are found by reading).
    const rows = this.offered.splice(0).filter(({ _id }) => !this.inFlight.has(_id));
    if (rows.length > 0 && (await this.lease.hold())) this.publish(rows);
    return false;
  }

  private get failures(): number {
    return Math.max(this.failedReads, this.failedPublications);
  }

  private pause(): number {
    const poll = this.options.pollMs ?? 500;
    if (!this.lease.held) return Math.max(poll, this.lease.durationMs / 5);
    return Math.min(longestPauseMs, poll * 2 ** Math.min(this.failures, 10));
  }

  /** True when there may be more to read at once. */
  private async relayBatch(): Promise<boolean> {
    const { batch = 500, maxInFlight = 5_000 } = this.options;
    const room = Math.min(batch, maxInFlight - this.inFlight.size);
    this.full = room <= 0;
    if (this.full) return false;
    this.unread = false;
    const rows = await this.rows
      .find({
        ...(this.inFlight.size > 0 && { _id: { $nin: [...this.inFlight.keys()] } }),
        retryAt: { $not: { $gt: new Date() } },
      })
      .sort({ _id: 1 })
      .limit(room)
      .toArray();
    this.lastRead = Date.now();
    this.failedReads = 0;
    this.roundFailed = false;
    if (rows.length === 0) this.failedPublications = 0;
    // The claim: reading may have taken longer than the lease lasts.
    if (rows.length === 0 || !(await this.lease.hold())) return false;
    this.publish(rows);
    return rows.length === room;
  }

  private publish(rows: OutboxRow[]): void {
    const ordered = inSequence(rows);
    for (const row of ordered) this.inFlight.set(row._id, row);
    const messages = ordered.map(({ _id: id, type, subject, live, body }) => ({ id, type, subject, live, body }));
    for (const [index, outcome] of this.transport.publish(messages).entries()) {
      const row = ordered[index]!;
      outcome.then(
        (value) => this.settle(row, value),
        (error: unknown) => this.keep(row, error),
      );
    }
  }

  private settle(row: OutboxRow, outcome: PublishOutcome): void {
    this.failedPublications = 0;
    if (outcome === 'taken') published.inc({ service: this.service, type: row.type });
    else {
      unroutable.inc({ service: this.service, type: row.type });
      this.logger.error(`no queue takes ${row.type} (event ${row._id}); it stays in the outbox`);
    }
    this.settled.push({ row, outcome });
    this.marking ??= pause(markDelayMs)
      .then(() => this.mark())
      .finally(() => {
        this.marking = undefined;
      });
  }

  private keep(row: OutboxRow, error: unknown): void {
    this.inFlight.delete(row._id);
    this.unread = true;
    if (this.roundFailed) return;
    this.roundFailed = true;
    this.failedPublications += 1;
    this.logger.warn(`not published, will be again: ${String(error)}`);
  }

  /** Takes settled rows out of the outbox, in one transaction that proves that the lease is still ours. */
  private async mark(): Promise<void> {
    while (this.settled.length > 0) {
      const now = this.settled;
      this.settled = [];
      try {
        await this.transactions.run(async () => {
          const { session } = this.transactions;
          await this.lease.assertIn(session!);
          const taken = now.filter(({ outcome }) => outcome === 'taken').map(({ row }) => row._id);
          if (taken.length > 0) await this.rows.deleteMany({ _id: { $in: taken } }, { session });
          for (const { row, outcome } of now) {
            if (outcome === 'unroutable') await this.rows.updateOne({ _id: row._id }, later(row), { session });
          }
        });
        for (const { row } of now) this.inFlight.delete(row._id);
        if (this.full) this.nudge();
      } catch (error) {
        if (error instanceof Deposed) return this.forget();
        this.logger.warn(`outbox not marked, will be again: ${String(error)}`);
        this.settled.push(...now);
        if (this.stopping) return;
        await pause(longestPauseMs / 10);
      }
    }
  }

  /** Another relay answers for these rows now. */
  private forget(): void {
    this.inFlight.clear();
    this.settled = [];
    this.offered = [];
    this.unread = true;
  }

  private follow(): void {
    if (this.stopping) return;
    this.changes = this.rows.watch([{ $match: { operationType: 'insert' } }]);
    this.changes.on('change', this.nudge);
    this.changes.on('error', (error) => {
      this.logger.warn(`no change stream, polling instead: ${String(error)}`);
      void this.changes?.close();
    });
  }

  private backlogAge(): number {
    let oldest = Infinity;
    for (const { at } of this.inFlight.values()) oldest = Math.min(oldest, at.getTime());
    return oldest === Infinity ? 0 : (Date.now() - oldest) / 1_000;
  }
}

/**
 * Rows sort by the clock of the replica that wrote them; within a batch, the facts of one aggregate are put in the order
 * of its versions all the same.
 */
export function inSequence(rows: OutboxRow[]): OutboxRow[] {
  const bySubject = Map.groupBy(rows, ({ subject }) => subject);
  for (const group of bySubject.values()) group.sort((a, b) => a.sequence - b.sequence).reverse();
  return rows.map(({ subject }) => bySubject.get(subject)!.pop()!);
}

const later = (row: OutboxRow) => {
  const attempts = (row.attempts ?? 0) + 1;
  const delay = Math.min(longestRetryMs, 1_000 * 2 ** Math.min(attempts - 1, 20));
  return { $set: { attempts, retryAt: new Date(Date.now() + delay) } };
};

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
