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

interface Put {
  readonly row: Row;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** More in one transaction would keep others from the database for too long. */
const MOST_TOGETHER = 100;

export class WaitingDeliveries implements WaitingStore {
  private readonly puts: Put[] = [];
  private isWriting = false;
  private readonly rows: Collection<Row>;
  private readonly prepared = remembered(() => this.rows.createIndex({ queue: 1, dueAt: 1, _id: 1 }));

  constructor(private readonly db: Db) {
    this.rows = db.collection<Row>('waiting_deliveries');
  }

  async put(queue: string, delivery: WaitingDelivery): Promise<void> {
    await this.prepared();
    const row = { _id: `${queue}|${delivery.id}`, queue, ...delivery };
    await new Promise<void>((done, failed) => {
      this.puts.push({ row, done, failed });
      void this.writePuts();
    });
  }

  /** Those that come while others are written are written together: where many must wait, a commit each would slow down all. */
  private async writePuts(): Promise<void> {
    if (this.isWriting) return;
    this.isWriting = true;
    while (this.puts.length > 0) {
      const together = this.puts.splice(0, MOST_TOGETHER);
      await this.write(together.map(({ row }) => row)).then(
        () => together.forEach(({ done }) => done()),
        (error: unknown) => together.forEach(({ failed }) => failed(error)),
      );
    }
    this.isWriting = false;
  }

  /** In order: of one event the last put counts. */
  private async write(rows: readonly Row[]): Promise<void> {
    const changes = rows.map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } }));
    if (changes.length === 1) return void (await this.rows.bulkWrite(changes));
    await this.db.client.withSession((session) =>
      session.withTransaction(() => this.rows.bulkWrite(changes, { session }), {
        writeConcern: { w: 'majority', j: true },
      }),
    );
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
