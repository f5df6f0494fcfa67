import { type MongoTransactions, type Next, onlyWhenAsked, RepeatedWork } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import { ensureCollection } from '../inbox.js';
import { published, unroutable, watchBacklog } from '../metrics.js';
import type { Db } from '../mongo.js';
import type { OutboxRow } from '../outbox.js';
import type { PublishOutcome, Transport } from '../transport.js';
import { Deposed, RelayLease } from './lease.js';
import { Marking } from './marking.js';
import { OfferedRows } from './offered-rows.js';
import { OutboxChanges } from './outbox-changes.js';
import { GAP_MS, MARK_DELAY_MS, type PaceOptions, RelayPace } from './pace.js';
import { Publishing } from './publishing.js';
import { OutboxReading } from './reading.js';

export interface RelayOptions extends PaceOptions {
  /** Rows read at a time; default 500. */
  batch?: number;
  /** Events given to the bus and not yet taken; default 5,000. */
  maxInFlight?: number;
  /** Follow the outbox by change stream: for rows of tools, which nudge nobody. */
  changeStream?: boolean;
}

/**
 * Publishes the outbox in the order of its rows: what this replica commits at once, and, where it holds the main lease,
 * what is nobody else's. Looking is the truth; nudges only make it fast. An event leaves the outbox after the bus has
 * taken it, so it can be published twice but never lost.
 */
export class Relay {
  private readonly logger: Logger;
  private readonly lease: RelayLease;
  private readonly reading: OutboxReading;
  private readonly publishing: Publishing;
  private readonly marking: Marking;
  private readonly looks: RepeatedWork;
  private readonly marks: RepeatedWork;
  private readonly pace: RelayPace;
  private readonly offered: OfferedRows;
  private readonly changes: OutboxChanges;
  private stopping = false;
  /** A lost connection fails a thousand publications at once: that is one failure. */
  private roundFailed = false;
  private full = false;
  private forgetBacklog?: () => void;

  constructor(
    private readonly service: string,
    transactions: MongoTransactions,
    private readonly db: () => Db,
    private readonly transport: Transport,
    private readonly options: RelayOptions = {},
  ) {
    const { maxInFlight = 5_000, sole = false } = options;
    const logger = (this.logger = new Logger(`Relay:${service}`));
    const { leaseMs: durationMs, longestMs, failureMs } = (this.pace = new RelayPace(options));
    this.lease = new RelayLease(db, {
      durationMs,
      sole,
      becameMain: () => this.reading.ask(),
      // A database that sweeps only when a transaction begins ends those that were left behind.
      foundLocked: () =>
        transactions.run(async () => {
          const { session } = transactions;
          await db().collection('relay_lease').findOne({}, { session });
        }),
    });
    this.offered = new OfferedRows(maxInFlight);
    this.changes = new OutboxChanges(db, this.nudge, logger);
    this.reading = new OutboxReading(db, this.lease);
    this.marking = new Marking(transactions, db, this.lease);
    this.publishing = new Publishing(transport, {
      settled: (row, outcome) => this.settle(row, outcome),
      failed: (_row, error) => this.noteFailure(error),
    });
    this.looks = new RepeatedWork({
      name: `${service}.outbox`,
      run: () => this.look(),
      idleMs: [longestMs, longestMs],
      failureMs,
      gapMs: GAP_MS,
      logger,
    });
    const name = `${service}.outbox-marks`;
    this.marks = new RepeatedWork({ name, run: () => this.mark(), idleMs: onlyWhenAsked, failureMs, logger });
    transport.onReady(this.retry);
  }

  /** Names this replica in the rows that it writes. */
  get replica(): string {
    return this.lease.replica;
  }

  async start(): Promise<void> {
    await ensureCollection(this.db(), 'outbox');
    await ensureCollection(this.db(), 'relay_lease');
    this.stopping = false;
    this.forgetBacklog = watchBacklog(this.service, () => this.publishing.oldestAgeSeconds);
    if (this.options.changeStream) this.changes.open();
    this.marks.start();
    this.looks.start(0);
  }

  /** Something was committed elsewhere. */
  nudge = (): void => {
    this.reading.ask();
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
    if (!this.lease.held || this.stopping) return this.reading.ask();
    const isTaken = !this.looks.isFailing && this.offered.add(rows, this.publishing.size);
    if (!isTaken) this.reading.ask();
    this.looks.nudge();
  };

  /** Finishes what is under way (at most a second for handlers of the in-process bus), marks it, gives the lease back. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.changes.close();
    await this.looks.stop();
    for (let left = 50; left > 0 && this.publishing.size > this.marking.size; left -= 1) await pause(20);
    await this.marks.stop();
    await this.mark().catch((error: unknown) => this.logger.warn(`outbox not marked: ${String(error)}`));
    await this.lease.release().catch((error: unknown) => this.logger.warn(`lease not released: ${String(error)}`));
    this.forgetBacklog?.();
  }

  private get lookMs(): number {
    return this.pace.lookMs(this.lease.isMain);
  }

  private async look(): Promise<Next> {
    try {
      // Alone, nobody takes the lease while it lapses: it is renewed when there is something to publish.
      const held = (this.options.sole && this.lease.isMain) || (await this.lease.hold());
      if (!held) return this.wait();
      // Who publishes nothing does not know whether publishing would go well.
      return this.transport.ready ? await this.relay() : 'unsettled';
    } catch (error) {
      this.reading.ask();
      throw error;
    }
  }

  /** Reads the outbox when it is time to, else publishes what was offered. */
  private async relay(): Promise<Next> {
    const more = this.reading.isDue(this.lookMs) && (await this.readAndPublish());
    if (more && !this.looks.isFailing) return 'at-once';
    // Older rows first: while there are any to read, offers wait (and are found by reading).
    if (!more) {
      const rows = this.offered.takeUnless((id) => this.publishing.has(id));
      if (rows.length > 0) {
        if (!(await this.lease.hold())) return this.wait();
        this.publishing.publish(rows);
      }
    }
    if (this.publishing.size > 0 || this.roundFailed) return 'unsettled';
    return inMs(this.lease.isMain ? this.lookMs : this.pace.leaseLookMs);
  }

  /** Another relay answers for these rows now. */
  private wait(): Date {
    this.forget();
    return inMs(this.pace.leaseLookMs);
  }

  private forget(): void {
    this.publishing.forget();
    this.marking.forget();
    this.offered.forget();
    this.reading.ask();
  }

  /** True when there may be more to read at once. */
  private async readAndPublish(): Promise<boolean> {
    const { batch = 500, maxInFlight = 5_000 } = this.options;
    const room = Math.min(batch, maxInFlight - this.publishing.size);
    this.full = room <= 0;
    if (this.full) return false;
    const rows = await this.reading.next(room, this.publishing.ids);
    this.roundFailed = false;
    // The claim: reading may have taken longer than the lease lasts.
    if (rows.length === 0 || !(await this.lease.hold())) return false;
    this.publishing.publish(rows);
    return rows.length === room;
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
    this.marking.add(row, outcome);
    this.marks.nudge(inMs(MARK_DELAY_MS));
  }

  private noteFailure(error: unknown): void {
    this.reading.ask();
    if (this.roundFailed) return;
    this.roundFailed = true;
    this.looks.failed(error);
  }

  private async mark(): Promise<Next> {
    try {
      this.publishing.release(await this.marking.mark());
    } catch (error) {
      if (!(error instanceof Deposed)) throw error;
      this.forget();
      return undefined;
    }
    if (this.full) this.nudge();
    return this.marking.size > 0 ? 'at-once' : undefined;
  }
}

const inMs = (ms: number): Date => new Date(Date.now() + ms);
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
