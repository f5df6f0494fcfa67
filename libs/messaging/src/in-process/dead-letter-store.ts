import type { Collection, Db } from '../mongo.js';
import type { DeadLetter, DeadLetters } from '../dead-letter.js';

interface StoredLetter extends Omit<DeadLetter, 'id' | 'firstFailedAt' | 'parkedAt'> {
  /** `<queue>|<event id>`: parked again, it is the same letter. */
  _id: string;
  id: string;
  firstFailedAt: Date;
  parkedAt: Date;
  replay?: boolean;
}

/** Dead letters of the in-process bus; another process may list and drop them, and ask for their replay. */
export class DeadLetterStore implements DeadLetters {
  private readonly letters: Collection<StoredLetter>;

  constructor(db: Db) {
    this.letters = db.collection<StoredLetter>('dead_letters');
  }

  async park(letter: Omit<DeadLetter, 'parkedAt'>): Promise<void> {
    await this.letters.replaceOne(
      { _id: `${letter.queue}|${letter.id}` },
      { ...letter, firstFailedAt: new Date(letter.firstFailedAt), parkedAt: new Date() },
      { upsert: true },
    );
  }

  async list(queue?: string): Promise<DeadLetter[]> {
    const rows = await this.letters
      .find(queue ? { queue } : {})
      .sort({ parkedAt: 1 })
      .limit(1_000)
      .toArray();
    return rows.map(({ _id, replay, firstFailedAt, parkedAt, ...letter }) => ({
      ...letter,
      firstFailedAt: firstFailedAt.toISOString(),
      parkedAt: parkedAt.toISOString(),
    }));
  }

  /** Asks for it: the process that hosts the queue looks twice a minute at least. */
  async replay(queue: string, ids: string[] | 'all'): Promise<number> {
    const { matchedCount } = await this.letters.updateMany(chosen(queue, ids), { $set: { replay: true } });
    return matchedCount;
  }

  async drop(queue: string, ids: string[] | 'all'): Promise<number> {
    return (await this.letters.deleteMany(chosen(queue, ids))).deletedCount;
  }

  /** Nothing of its own to close: the database is the caller's. */
  async close(): Promise<void> {}

  async dropReplayed(queue: string, id: string): Promise<void> {
    await this.letters.deleteOne({ _id: `${queue}|${id}`, replay: true });
  }

  /** Letters whose replay was asked for; they stay until it is done, lest a crash lose them. */
  async wanted(): Promise<{ queue: string; id: string; body: string }[]> {
    return this.letters
      .find({ replay: true }, { projection: { queue: 1, id: 1, body: 1 } })
      .limit(100)
      .toArray();
  }
}

const chosen = (queue: string, ids: string[] | 'all') => ({ queue, ...(ids !== 'all' && { id: { $in: ids } }) });
