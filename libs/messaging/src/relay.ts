import { type MongoTransactions, type Next, onlyWhenAsked, RepeatedWork } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import type { ChangeStream, Db } from './mongo.js';
import { inSequence } from './in-sequence.js';
import { ensureCollection } from './inbox.js';
import { Deposed, RelayLease } from './lease.js';
import { published, unroutable, watchBacklog } from './metrics.js';
import type { OutboxRow } from './outbox.js';
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
  /** No other process runs this service: who writes nudges, so an idle outbox costs next to nothing. */
  sole?: boolean;
}

/** How long marks wait for company: nobody waits for them, and under load one transaction then marks many events. */
const markDelayMs = 100;
/** Between two looks under load: nudges given meanwhile share the next one. An idle outbox is looked at at once. */
const gapMs = 20;
/** Between two looks of a relay that is told of every row but those of tools and crashes. */
const soleLookMs = 30_000;
const longestPauseMs = 60_000;
const longestRetryMs = 300_000;

/**
 * Publishes the outbox in the order of its rows. Looking is the truth; nudges only make it fast. An event leaves the
 * outbox after the bus has taken it, so it can be published twice but never lost.
 */
export class Relay {
  private readonly logger: Logger;
  private readonly lease: RelayLease;
  private readonly looks: RepeatedWork;
  private readonly marks: RepeatedWork;
  private readonly lookMs: number;
  /** Between two tries to have the lease that another holds. */
  private readonly leaseMs: number;
  private readonly inFlight = new Map<string, OutboxRow>();
  private settled: { row: OutboxRow; outcome: PublishOutcome }[] = [];
  /** Committed in this process and not published yet, in order of their commits. */
  private offered: OutboxRow[] = [];
  /** Somebody else wrote, or more was written than could be offered: the outbox has to be read now. */
  private unread = true;
  private stopping = false;
  private lastRead = -Infinity;
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
    const { pollMs = 500, leaseMs = 5_000, sole = false } = options;
    this.logger = new Logger(`Relay:${service}`);
    this.lease = new RelayLease(db, leaseMs);
    this.lookMs = sole ? soleLookMs : pollMs;
    this.leaseMs = Math.max(pollMs, leaseMs / 5);
    const longestMs = Math.max(this.lookMs, this.leaseMs);
    this.looks = new RepeatedWork({
      name: `${service}.outbox`,
      run: () => this.look(),
      idleMs: [longestMs, longestMs],
      failureMs: [pollMs, longestPauseMs],
      gapMs,
      logger: this.logger,
    });
    this.marks = new RepeatedWork({
      name: `${service}.outbox-marks`,
      run: () => this.mark(),
      idleMs: onlyWhenAsked,
      failureMs: [pollMs, longestPauseMs],
      logger: this.logger,
    });
    transport.onReady(this.retry);
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
    this.marks.start();
    this.looks.start(0);
  }

  /** Something was committed elsewhere. Only the holder looks at once: the others would find the lease taken. */
  nudge = (): void => {
    this.unread = true;
    if (this.lease.held) this.looks.nudge();
  };

  /** The broker or the database is back. */
  retry = (): void => {
    this.nudge();
    this.looks.retry();
    this.marks.retry();
  };

  /**
   * Rows that this process has just committed: published without being read back. That is only the fast way; looking
   * finds whatever does not take it.
   */
  offer = (rows: readonly OutboxRow[]): void => {
    if (!this.lease.held || this.stopping) return;
    const { maxInFlight = 5_000 } = this.options;
    const room = !this.looks.isFailing && this.offered.length + this.inFlight.size + rows.length <= maxInFlight;
    if (room) this.offered.push(...rows);
    else this.unread = true;
    this.looks.nudge();
  };

  /** Finishes what is under way (at most a second for handlers of the in-process bus), marks it, gives the lease back. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.changes?.close();
    await this.looks.stop();
    for (let left = 50; left > 0 && this.inFlight.size > this.settled.length; left -= 1) await pause(20);
    await this.marks.stop();
    await this.mark().catch((error: unknown) => this.logger.warn(`outbox not marked: ${String(error)}`));
    await this.lease.release().catch((error: unknown) => this.logger.warn(`lease not released: ${String(error)}`));
    this.forgetBacklog?.();
  }

  private async look(): Promise<Next> {
    try {
      // Alone, nobody takes the lease while it lapses: it is renewed when there is something to publish.
      const held = (this.options.sole && this.lease.held) || (await this.lease.hold());
      if (!held) return this.wait();
      // Who publishes nothing does not know whether publishing would go well.
      return this.transport.ready ? await this.relay() : 'unsettled';
    } catch (error) {
      this.unread = true;
      throw error;
    }
  }

  /** Reads the outbox when it is time to, else publishes what was offered. */
  private async relay(): Promise<Next> {
    // Timers may be a little early.
    const due = this.unread || performance.now() - this.lastRead >= this.lookMs * 0.9;
    const more = due && (await this.readAndPublish());
    if (more && !this.looks.isFailing) return 'at-once';
    // Older rows first: while there are any to read, offers wait (and are found by reading).
    if (!more) {
      const rows = this.offered.splice(0).filter(({ _id }) => !this.inFlight.has(_id));
      if (rows.length > 0 && !(await this.lease.hold())) return this.wait();
      this.publish(rows);
    }
    return this.inFlight.size > 0 || this.roundFailed ? 'unsettled' : inMs(this.lookMs);
  }

  /** Another relay answers for these rows now. */
  private wait(): Date {
    this.forget();
    return inMs(this.leaseMs);
  }

  private forget(): void {
    this.inFlight.clear();
    this.settled = [];
    this.offered = [];
    this.unread = true;
  }

  /** True when there may be more to read at once. */
  private async readAndPublish(): Promise<boolean> {
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
    this.lastRead = performance.now();
    this.roundFailed = false;
    // The claim: reading may have taken longer than the lease lasts.
    if (rows.length === 0 || !(await this.lease.hold())) return false;
    this.publish(rows);
    return rows.length === room;
  }

  private publish(rows: OutboxRow[]): void {
    const ordered = inSequence(rows);
    for (const row of ordered) this.inFlight.set(row._id, row);
    const messages = ordered.map(({ _id, event: id = _id, type, subject, live, body }) => ({
      id,
      type,
      subject,
      live,
      body,
    }));
    for (const [index, outcome] of this.transport.publish(messages).entries()) {
      const row = ordered[index]!;
      outcome.then(
        (value) => this.settle(row, value),
        (error: unknown) => this.keep(row, error),
      );
    }
  }

  private settle(row: OutboxRow, outcome: PublishOutcome): void {
    if (this.looks.isFailing) {
      this.looks.succeeded();
      this.nudge();
    }
    if (outcome === 'taken') published.inc({ service: this.service, type: row.type });
    else {
      unroutable.inc({ service: this.service, type: row.type });
      this.logger.error(`no queue takes ${row.type} (event ${row._id}); it stays in the outbox`);
    }
    this.settled.push({ row, outcome });
    this.marks.nudge(inMs(markDelayMs));
  }

  private keep(row: OutboxRow, error: unknown): void {
    this.inFlight.delete(row._id);
    this.unread = true;
    if (this.roundFailed) return;
    this.roundFailed = true;
    this.looks.failed(error);
  }

  /** Takes settled rows out of the outbox, in one transaction that proves that the lease is still ours. */
  private async mark(): Promise<Next> {
    if (this.settled.length === 0) return undefined;
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
    } catch (error) {
      if (error instanceof Deposed) {
        this.forget();
        return undefined;
      }
      this.settled.push(...now);
      throw error;
    }
    for (const { row } of now) this.inFlight.delete(row._id);
    if (this.full) this.nudge();
    return this.settled.length > 0 ? 'at-once' : undefined;
  }

  private follow(): void {
    if (this.stopping) return;
    this.changes = this.rows.watch([{ $match: { operationType: 'insert' } }]);
    this.changes.on('change', this.nudge);
    this.changes.on('error', (error) => {
      this.logger.warn(`no change stream, looking instead: ${String(error)}`);
      void this.changes?.close();
    });
  }

  private backlogAge(): number {
    let oldest = Infinity;
    for (const { at } of this.inFlight.values()) oldest = Math.min(oldest, at.getTime());
    return oldest === Infinity ? 0 : (Date.now() - oldest) / 1_000;
  }
}

const later = (row: OutboxRow) => {
  const attempts = (row.attempts ?? 0) + 1;
  const delay = Math.min(longestRetryMs, 1_000 * 2 ** Math.min(attempts - 1, 20));
  return { $set: { attempts, retryAt: inMs(delay) } };
};

const inMs = (ms: number): Date => new Date(Date.now() + ms);
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
