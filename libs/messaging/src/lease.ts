import type { ClientSession, Db } from './mongo.js';
import { v7 as uuidv7 } from 'uuid';

interface LeaseRow {
  _id: 'relay';
  holder: string;
  /** Grows with every change of holder: what a former holder tries is recognised by its older epoch. */
  epoch: number;
  until: Date;
}

/** The lease went to another relay: whatever this one still intended must not happen. */
export class Deposed extends Error {
  override readonly name = 'Deposed';
}

/**
 * One relay at a time per outbox. Correctness rests on the epoch, which every claim and every mark is conditional on;
 * the clock only decides when a successor tries.
 */
export class RelayLease {
  private readonly holder = uuidv7();
  private epoch = 0;
  private until = 0;
  held = false;

  constructor(
    private readonly db: () => Db,
    readonly durationMs: number,
  ) {}

  private get rows() {
    return this.db().collection<LeaseRow>('relay_lease');
  }

  /** Claims or extends the lease; without a round trip while half of it is left. */
  async hold(): Promise<boolean> {
    if (this.held && this.until - Date.now() > this.durationMs / 2) return true;
    if (this.held && (await this.extend())) return true;
    return this.acquire();
  }

  /**
   * Extends the lease inside the transaction of a mark.
   * @throws Deposed when another relay holds it: the transaction must not commit.
   */
  async assertIn(session: ClientSession): Promise<void> {
    if (!(await this.extend(session))) throw new Deposed();
  }

  /** Lets the next relay start at once. */
  async release(): Promise<void> {
    if (!this.held) return;
    this.held = false;
    await this.rows.updateOne(
      { _id: 'relay', holder: this.holder, epoch: this.epoch },
      { $set: { until: new Date(0) } },
    );
  }

  private async extend(session?: ClientSession): Promise<boolean> {
    const until = Date.now() + this.durationMs;
    const { matchedCount } = await this.rows.updateOne(
      { _id: 'relay', holder: this.holder, epoch: this.epoch },
      { $set: { until: new Date(until) } },
      { session },
    );
    this.held = matchedCount === 1;
    if (this.held) this.until = until;
    return this.held;
  }

  private async acquire(): Promise<boolean> {
    const now = Date.now();
    try {
      const row = await this.rows.findOneAndUpdate(
        { _id: 'relay', until: { $lte: new Date(now) } },
        { $set: { holder: this.holder, until: new Date(now + this.durationMs) }, $inc: { epoch: 1 } },
        { upsert: true, returnDocument: 'after' },
      );
      if (row) {
        this.epoch = row.epoch;
        this.until = now + this.durationMs;
        this.held = true;
      }
    } catch (error) {
      // Somebody holds it: the upsert then collides with the existing row.
      if ((error as { code?: number }).code !== 11000) throw error;
    }
    return this.held;
  }
}
