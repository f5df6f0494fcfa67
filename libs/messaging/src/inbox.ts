import { isDuplicateKey } from '@medflow/service-kit';
import type { Gaps, WithGap } from './gaps.js';
import type { ClientSession, Db } from './mongo.js';
import type { EventEnvelope } from './envelope.js';

const fourteenDays = 14 * 24 * 3600;

interface Receipt {
  /** `<queue>|<event id>`. */
  _id: string;
  at: Date;
}

/** Thrown out of the handler's transaction, which has nothing to commit. */
export class AlreadyHandled extends Error {
  override readonly name = 'AlreadyHandled';
}

/** Remembers what each queue has handled; every write belongs to the handler's transaction. */
export class Inbox {
  constructor(
    private readonly db: Db,
    private readonly gaps: Gaps,
  ) {}

  async prepare(): Promise<void> {
    await this.db.collection<Receipt>('inbox').createIndex({ at: 1 }, { expireAfterSeconds: fourteenDays });
    await ensureCollection(this.db, 'inbox_sequences');
  }

  /** @throws AlreadyHandled when the queue of one of them has handled it; the transaction is over then. */
  async record(deliveries: readonly { queue: string; event: EventEnvelope }[], session: ClientSession): Promise<void> {
    if (deliveries.length === 0) return;
    const rows = deliveries.map(({ queue, event }) => ({ _id: `${queue}|${event.id}`, at: new Date() }));
    try {
      await this.db.collection<Receipt>('inbox').insertMany(rows, { session });
    } catch (error) {
      if (isDuplicateKey(error)) throw new AlreadyHandled();
      throw error;
    }
  }

  /**
   * True when this queue has seen a later version of the event's subject. Facts of the same version (one change can
   * have several) are not stale.
   */
  async isStale(queue: string, event: EventEnvelope, session: ClientSession): Promise<boolean> {
    const before = await this.db
      .collection<WithGap>('inbox_sequences')
      .findOneAndUpdate(
        { _id: `${queue}|${event.subject}` },
        { $max: { sequence: event.sequence } },
        { session, upsert: true, returnDocument: 'before' },
      );
    await this.gaps.follow(queue, event, before, session);
    return before !== null && before.sequence > event.sequence;
  }
}

/** Transactions should find their collections: creating one inside costs a conflict with every other writer. */
export async function ensureCollection(db: Db, name: string): Promise<void> {
  try {
    await db.createCollection(name);
  } catch (error) {
    const namespaceExists = 48;
    if ((error as { code?: number }).code !== namespaceExists) throw error;
  }
}
