import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { CountryRules } from '@medflow/rules';
import { MongoTransactions, Readiness } from '@medflow/service-kit';
import type { Model, mongo } from 'mongoose';
import { type Availability, Directory, type DirectoryPage, type Listing, type Rating } from '../../domain/directory.js';
import type { DirectoryCard } from '../../domain/directory-card.js';
import type { DirectoryQuery } from '../../domain/search/directory-index.js';
import { LiveIndex } from './live-index.js';
import { type DirectoryDocument, DirectoryRecord } from './schemas.js';

const UNRATED: Rating = { average: null, count: 0, score: null };

/** The directory's documents. The search is answered by the index in memory, the page's documents by their ids. */
@Injectable()
export class MongoDirectory extends Directory implements OnApplicationBootstrap {
  private readonly directory: mongo.Collection<DirectoryDocument>;
  private readonly index: LiveIndex;

  constructor(
    @InjectModel(DirectoryRecord.name) model: Model<DirectoryRecord>,
    private readonly transactions: MongoTransactions,
    private readonly readiness: Readiness,
    private readonly rules: CountryRules,
  ) {
    super();
    this.directory = model.collection as unknown as mongo.Collection<DirectoryDocument>;
    this.index = new LiveIndex(
      () => model.db.db!,
      this.directory,
      (rating) => this.shown(rating),
    );
  }

  /** Reads the index before somebody waits for it; a process without one is not ready. */
  onApplicationBootstrap(): void {
    this.readiness.register('directory', () => this.index.current());
    this.index.current().catch(() => undefined);
  }

  async find(doctorId: string): Promise<Listing | undefined> {
    const document = await this.directory.findOne({ _id: doctorId });
    return document?.card ? this.listingOf(document) : undefined;
  }

  async search(query: DirectoryQuery): Promise<DirectoryPage> {
    const index = await this.index.current();
    const { ids, next } = index.search(query);
    if (ids.length === 0) return { items: [] };
    const documents = await this.directory
      .find(
        { _id: { $in: ids } },
        { projection: { 'card.biography': 0, 'card.experience': 0, 'availability.days': 0 } },
      )
      .toArray();
    // Somebody whom another process has just taken out is in the index still, but has no card any more.
    const cards = new Map(documents.filter(({ card }) => card).map((document) => [document._id, document]));
    const items = ids.flatMap((id) => cards.get(id) ?? []).map((document) => this.listingOf(document));
    return { items, ...(next && { next }) };
  }

  /** In the ambient transaction. */
  async show({ id, ...card }: DirectoryCard): Promise<void> {
    await this.change(id, { $set: { card } });
  }

  /** In the ambient transaction. */
  async hide(doctorId: string): Promise<void> {
    await this.change(doctorId, { $unset: { card: '' } });
  }

  async summarise(doctorId: string, availability: Availability): Promise<void> {
    await this.change(doctorId, { $set: { availability } });
  }

  async rate(doctorId: string, rating: Rating): Promise<void> {
    await this.change(doctorId, { $set: { rating } });
  }

  /** What everybody may know of it, and be led by: ratings stay where they are, for the day on which the rule is lifted. */
  private shown(rating: Rating = UNRATED): Rating {
    return this.rules.applies('reviews-for-the-doctor-alone') ? UNRATED : rating;
  }

  private listingOf({ _id: id, card, availability, rating }: DirectoryDocument): Listing {
    const times = availability ?? { nextAvailableAt: null, days: [], modes: [] };
    return { id, ...card!, ...times, rating: this.shown(rating) };
  }

  private async change(_id: string, update: mongo.UpdateFilter<DirectoryDocument>): Promise<void> {
    const { session } = this.transactions;
    await this.directory.updateOne(
      { _id },
      { ...update, $inc: { revision: 1 }, $currentDate: { changedAt: true } } as mongo.UpdateFilter<DirectoryDocument>,
      { upsert: true, session },
    );
    this.transactions.afterCommit(() => this.index.expire());
  }
}
