import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model, QueryFilter } from 'mongoose';
import { DAY_MS } from '../../domain/days.js';
import { AlreadyReviewed, ConcurrentChange, NotFound } from '../../domain/errors.js';
import { Review, type ReviewState, type Standing, standingOf } from '../../domain/review.js';
import { type ReviewFilter, type ReviewPage, Reviews, standingSince } from '../../domain/reviews.js';
import { FactLog } from '../fact-log.js';
import { MongoRatings } from './mongo-ratings.js';
import { MongoVisits } from './mongo-visits.js';
import { type LastFact, ReviewRecord } from './schemas.js';

function lastFactOf({ facts }: Review): { lastFact?: LastFact } {
  const last = facts.at(-1);
  return last ? { lastFact: { name: last.name, at: last.at, sequence: last.review.version } } : {};
}

const toRecord = ({ id, ...state }: ReviewState): ReviewRecord => ({
  _id: id,
  ...state,
  standing: standingOf(state),
  standingSince: standingSince({ id, ...state }),
});

export const toState = ({
  _id,
  standing: _,
  standingSince: __,
  lastFact: ___,
  ...state
}: ReviewRecord): ReviewState => ({
  id: _id,
  ...state,
});

type Condition = QueryFilter<ReviewRecord>;

/** How far back the latest reviews are looked for, until there are enough. */
const REACH_DAYS = [2, 14, 90];

/** `day` is exact; the times bound the index scan, since no zone is more than a day from UTC. */
function within({ from, to }: ReviewFilter): Condition[] {
  return [
    ...(from === undefined ? [] : [{ day: { $gte: from }, createdAt: { $gte: new Date(Date.parse(from) - DAY_MS) } }]),
    ...(to === undefined ? [] : [{ day: { $lte: to }, createdAt: { $lt: new Date(Date.parse(to) + 2 * DAY_MS) } }]),
  ];
}

@Injectable()
export class MongoReviews extends Reviews {
  constructor(
    @InjectModel(ReviewRecord.name) private readonly reviews: Model<ReviewRecord>,
    private readonly visits: MongoVisits,
    private readonly ratings: MongoRatings,
    private readonly facts: FactLog,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async add(review: Review): Promise<void> {
    const { id, appointmentId, doctorId, day } = review.state;
    await this.ratings.prepare(doctorId, day);
    await this.transactions.run(async () => {
      await this.insert(review);
      await this.visits.rated(appointmentId, id);
      await this.ratings.apply(doctorId, day, review.ratingChange!);
      await this.facts.append(review.facts);
    });
  }

  async save(review: Review): Promise<void> {
    const { _id, ...state } = toRecord(review.state);
    const { ratingChange, savedVersion } = review;
    await this.transactions.run(async () => {
      const { matchedCount } = await this.reviews.collection.updateOne(
        { _id: _id as never, version: savedVersion },
        { $set: { ...state, ...lastFactOf(review) } },
        { session: this.transactions.session },
      );
      if (matchedCount === 0) throw new ConcurrentChange(`review ${_id} is not at version ${savedVersion}`);
      if (ratingChange) await this.ratings.apply(state.doctorId, state.day, ratingChange);
      await this.facts.append(review.facts);
    });
  }

  ofDoctor(doctorId: string, id: string): Promise<Review> {
    return this.one({ _id: id, doctorId });
  }

  ofPatient(patientId: string, id: string): Promise<Review> {
    return this.one({ _id: id, patientId });
  }

  any(id: string): Promise<Review> {
    return this.one({ _id: id });
  }

  listOfDoctor(doctorId: string, filter: ReviewFilter, page: ReviewPage): Promise<ReviewState[]> {
    const conditions: Condition[] = [{ doctorId }, ...within(filter)];
    if (filter.stars) conditions.push({ stars: { $in: [...filter.stars] as never } });
    if (filter.patientId !== undefined) conditions.push({ patientId: filter.patientId });
    return this.newest(conditions, page);
  }

  /** Near first: a database that does not sort by its index would sort all that the doctor ever had. */
  async latestOfDoctor(doctorId: string, limit: number, now: Date): Promise<ReviewState[]> {
    const newest = async (createdAt?: Condition) => {
      const reviews = this.reviews.find({ doctorId, ...createdAt }).sort({ createdAt: -1, _id: -1 });
      return (await reviews.limit(limit).lean<ReviewRecord[]>()).map(toState);
    };
    for (const days of REACH_DAYS) {
      const found = await newest({ createdAt: { $gte: new Date(now.getTime() - days * DAY_MS) } });
      if (found.length === limit) return found;
    }
    return newest();
  }

  listOfPatient(patientId: string, appointmentId: string | undefined, page: ReviewPage): Promise<ReviewState[]> {
    return this.newest([{ patientId }, ...(appointmentId === undefined ? [] : [{ appointmentId }])], page);
  }

  async inStanding(standing: Standing, { limit, after }: ReviewPage): Promise<ReviewState[]> {
    const beyond: Condition[] = after
      ? [
          { standingSince: { $gte: after.at } },
          { $or: [{ standingSince: { $gt: after.at } }, { _id: { $gt: after.id } }] },
        ]
      : [];
    const records = await this.reviews
      .find({ $and: [{ standing }, ...beyond] })
      .sort({ standingSince: 1, _id: 1 })
      .limit(limit + 1)
      .lean<ReviewRecord[]>();
    return records.map(toState);
  }

  private async newest(conditions: Condition[], { limit, after }: ReviewPage): Promise<ReviewState[]> {
    // The first clause bounds the index scan, the second breaks ties.
    const beyond: Condition[] = after
      ? [{ createdAt: { $lte: after.at } }, { $or: [{ createdAt: { $lt: after.at } }, { _id: { $lt: after.id } }] }]
      : [];
    // A stage each: MongoDB makes one of them all, SecantusDB uses its index for the first and for no `$and`.
    const records = await this.reviews.collection
      .aggregate<ReviewRecord>([
        ...[...conditions, ...beyond].map((condition) => ({ $match: condition })),
        { $sort: { createdAt: -1, _id: -1 } },
        { $limit: limit + 1 },
      ])
      .toArray();
    return records.map(toState);
  }

  private async insert(review: Review): Promise<void> {
    const { state } = review;
    const record = { ...toRecord(state), ...lastFactOf(review) };
    try {
      await this.reviews.collection.insertOne(record as never, { session: this.transactions.session });
    } catch (error) {
      if (isDuplicateKey(error)) throw new AlreadyReviewed(`visit ${state.appointmentId}`);
      throw error;
    }
  }

  private async one(filter: Condition): Promise<Review> {
    const record = await this.reviews
      .findOne(filter)
      .session(this.transactions.session ?? null)
      .lean<ReviewRecord>();
    if (!record) throw new NotFound('review');
    return Review.restore(toState(record));
  }
}
