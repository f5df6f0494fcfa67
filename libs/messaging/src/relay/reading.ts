import type { Db } from '../mongo.js';
import type { OutboxRow } from '../outbox.js';
import type { RelayLease } from './lease.js';

/** Reads what is to be published, in the order of its making. */
export class OutboxReading {
  private readAt = -Infinity;
  /** Something may be there that nobody has offered. */
  private unread = true;

  constructor(
    private readonly db: () => Db,
    private readonly lease: Pick<RelayLease, 'mine'>,
  ) {}

  /** Has the next look read. */
  ask = (): void => {
    this.unread = true;
  };

  /** @param everyMs between two reads that nobody asked for; timers may be a little early */
  isDue(everyMs: number): boolean {
    return this.unread || performance.now() - this.readAt >= everyMs * 0.9;
  }

  /** @param without ids that are being published */
  async next(most: number, without: readonly string[]): Promise<OutboxRow[]> {
    this.unread = false;
    const rows = await this.db()
      .collection<OutboxRow>('outbox')
      .find({
        ...(without.length > 0 && { _id: { $nin: [...without] } }),
        ...(await this.lease.mine()),
        retryAt: { $not: { $gt: new Date() } },
      })
      .sort({ _id: 1 })
      .limit(most)
      .toArray();
    this.readAt = performance.now();
    return rows;
  }
}
