import type { mongo } from 'mongoose';
import type { Rating } from '../../domain/directory.js';
import { DirectoryIndex, type IndexEntry } from '../../domain/search/directory-index.js';
import type { DirectoryDocument } from './schemas.js';

/** How old the index may be when another process has changed the directory. */
const FRESH_MS = 250;
/** A transaction's changes carry the time of the write and can be read only after its commit: so long may that take. */
const OVERLAP_MS = 10_000;
const BATCH = 1000;

type Changed = Pick<DirectoryDocument, '_id' | 'revision' | 'changedAt' | 'availability' | 'rating'> & {
  card?: Pick<IndexEntry, 'firstName' | 'lastName' | 'city' | 'specializations' | 'languages' | 'price'>;
};

const projection = {
  revision: 1,
  changedAt: 1,
  availability: 1,
  rating: 1,
  ...Object.fromEntries(
    ['firstName', 'lastName', 'city', 'specializations', 'languages', 'price'].map((field) => [`card.${field}`, 1]),
  ),
};

type Shown = Changed & Required<Pick<Changed, 'card'>>;

const entryOf = ({ _id: id, card, availability }: Shown, { score }: Rating): IndexEntry => ({
  id,
  ...card,
  score,
  nextAvailableAt: availability?.nextAvailableAt ?? null,
  days: availability?.days ?? [],
  modes: availability?.modes ?? [],
});

/**
 * The search index of this process: read whole once, then kept up by reading what changed since, when somebody
 * searches. Own changes show in the next search, those of another process within 250 ms.
 */
export class LiveIndex {
  private readonly index = new DirectoryIndex();
  /** Revisions that the index has seen. */
  private readonly revisions = new Map<string, number>();
  /** The database's clock when the last reading began. */
  private readAt: Date | undefined;
  private checkedAt = -Infinity;
  private expiries = 0;
  private catchingUp: Promise<void> | undefined;

  constructor(
    private readonly database: () => mongo.Db,
    private readonly directory: mongo.Collection<DirectoryDocument>,
    /** The rating that counts for the order. */
    private readonly shown: (rating?: Rating) => Rating,
  ) {}

  /** Something has just been committed: the next search has to see it. */
  expire(): void {
    this.expiries += 1;
    this.checkedAt = -Infinity;
  }

  /** The index as it is now. */
  async current(): Promise<DirectoryIndex> {
    // One that is under way may have begun before the change that this search has to see.
    if (!this.fresh && this.catchingUp) await this.catchingUp;
    if (!this.fresh) await (this.catchingUp ??= this.catchUp().finally(() => (this.catchingUp = undefined)));
    return this.index;
  }

  private get fresh(): boolean {
    return performance.now() - this.checkedAt < FRESH_MS;
  }

  private async catchUp(): Promise<void> {
    const { expiries } = this;
    const startedAt = performance.now();
    const { localTime } = await this.database().command({ hello: 1 });
    const since = this.readAt ? this.readAt.getTime() - OVERLAP_MS : 0;
    const changes = this.directory.find<Changed>({ changedAt: { $gte: new Date(since) } }, { projection });
    let batch: Changed[] = [];
    for await (const change of changes.batchSize(BATCH)) {
      if (this.revisions.get(change._id) === change.revision) continue;
      if (batch.push(change) < BATCH) continue;
      this.apply(batch);
      batch = [];
    }
    this.apply(batch);
    this.readAt = localTime as Date;
    // What was committed while we read may have been missed.
    if (this.expiries === expiries) this.checkedAt = startedAt;
  }

  private apply(changes: readonly Changed[]): void {
    for (const { _id, revision } of changes) this.revisions.set(_id, revision);
    const cards = changes.filter((change): change is Shown => change.card !== undefined);
    this.index.put(cards.map((change) => entryOf(change, this.shown(change.rating))));
    for (const { _id, card } of changes) if (!card) this.index.remove(_id);
  }
}
