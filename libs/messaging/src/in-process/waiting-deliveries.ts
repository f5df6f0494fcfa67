import { remembered } from '@medflow/service-kit';
import type { Collection, Db } from '../mongo.js';

/** A delivery that waits in the database: for its next attempt, or because too many wait in memory. */
export interface WaitingDelivery {
  /** Id of the event, as the outbox has it. */
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  /** That failed. */
  readonly attempts: number;
  readonly firstFailedAt?: Date;
  readonly dueAt: Date;
}

/** Where deliveries of the in-process bus wait, by queue. */
export interface WaitingStore {
  /** Takes the place of what it knows of the same event. */
  put(queue: string, delivery: WaitingDelivery): Promise<void>;
  /** The first by when they are due, without those ids. */
  first(queue: string, limit: number, without: readonly string[]): Promise<WaitingDelivery[]>;
  remove(queue: string, ids: readonly string[]): Promise<void>;
}

interface Row extends Omit<WaitingDelivery, 'id'> {
  /** `<queue>|<event id>`. */
  _id: string;
  queue: string;
  id: string;
}

export class WaitingDeliveries implements WaitingStore {
  private readonly rows: Collection<Row>;
  private readonly prepared = remembered(() => this.rows.createIndex({ queue: 1, dueAt: 1, _id: 1 }));

  constructor(db: Db) {
    this.rows = db.collection<Row>('waiting_deliveries');
  }

  async put(queue: string, delivery: WaitingDelivery): Promise<void> {
    await this.prepared();
    const { id } = delivery;
    await this.rows.replaceOne({ _id: `${queue}|${id}` }, { queue, ...delivery }, { upsert: true });
  }

  async first(queue: string, limit: number, without: readonly string[]): Promise<WaitingDelivery[]> {
    const rows = await this.rows
      .find({ queue, ...(without.length > 0 && { id: { $nin: [...without] } }) })
      .sort({ dueAt: 1, _id: 1 })
      .limit(limit)
      .toArray();
    return rows.map(({ _id, queue: _, ...delivery }) => delivery);
  }

  async remove(queue: string, ids: readonly string[]): Promise<void> {
    await this.rows.deleteMany({ _id: { $in: ids.map((id) => `${queue}|${id}`) } });
  }
}
