import type { MongoTransactions } from '@medflow/service-kit';
import type { Db } from '../mongo.js';
import type { OutboxRow } from '../outbox.js';
import type { PublishOutcome } from '../transport.js';
import type { RelayLease } from './lease.js';

const longestRetryMs = 300_000;

interface Settled {
  row: OutboxRow;
  outcome: PublishOutcome;
}

/** Takes out of the outbox what the bus has taken, many at a time. */
export class Marking {
  private settled: Settled[] = [];

  constructor(
    private readonly transactions: MongoTransactions,
    private readonly db: () => Db,
    private readonly lease: Pick<RelayLease, 'assertIn'>,
  ) {}

  get size(): number {
    return this.settled.length;
  }

  add(row: OutboxRow, outcome: PublishOutcome): void {
    this.settled.push({ row, outcome });
  }

  forget(): void {
    this.settled = [];
  }

  /**
   * In one transaction that proves that the lease is still ours.
   * @returns the rows that are marked @throws Deposed; else what the transaction throws: they are marked the next time
   */
  async mark(): Promise<OutboxRow[]> {
    const now = this.settled;
    if (now.length === 0) return [];
    this.settled = [];
    try {
      await this.transactions.run(() => this.write(now));
    } catch (error) {
      this.settled.push(...now);
      throw error;
    }
    return now.map(({ row }) => row);
  }

  private async write(settled: readonly Settled[]): Promise<void> {
    const { session } = this.transactions;
    const rows = this.db().collection<OutboxRow>('outbox');
    await this.lease.assertIn(session!);
    const taken = settled.filter(({ outcome }) => outcome === 'taken').map(({ row }) => row._id);
    if (taken.length > 0) await rows.deleteMany({ _id: { $in: taken } }, { session });
    for (const { row, outcome } of settled)
      if (outcome === 'unroutable') await rows.updateOne({ _id: row._id }, later(row), { session });
  }
}

/** No queue took it: it is tried again ever more seldom. */
function later(row: OutboxRow) {
  const attempts = (row.attempts ?? 0) + 1;
  const delayMs = Math.min(longestRetryMs, 1_000 * 2 ** Math.min(attempts - 1, 20));
  return { $set: { attempts, retryAt: new Date(Date.now() + delayMs) } };
}
