import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { type Rating, type RatingChange, STARS, UNRATED } from '../../domain/rating.js';
import { type RatedDay, Ratings } from '../../domain/reviews.js';
import { FactLog } from '../fact-log.js';
import { RatedDayRecord, RatingRecord } from './schemas.js';

const dayId = (doctorId: string, day: string) => `${doctorId}|${day}`;

@Injectable()
export class MongoRatings extends Ratings {
  constructor(
    @InjectModel(RatingRecord.name) private readonly ratings: Model<RatingRecord>,
    @InjectModel(RatedDayRecord.name) private readonly rated: Model<RatedDayRecord>,
    private readonly facts: FactLog,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async of(doctorId: string): Promise<Rating> {
    const record = await this.ratings.findById(doctorId).lean<RatingRecord>();
    return record ?? UNRATED;
  }

  async days(doctorId: string, from: string, to: string): Promise<RatedDay[]> {
    const records = await this.rated
      .find({ doctorId, day: { $gte: from, $lte: to } })
      .sort({ day: 1 })
      .lean<RatedDayRecord[]>();
    return records.map(({ day, count, stars }) => ({ day, count, stars }));
  }

  /**
   * Makes the rows that {@link apply} changes. To be called before the transaction reads or writes anything: two that
   * insert the same row would collide, and a row made later is not there for the transaction.
   */
  async prepare(doctorId: string, day: string): Promise<void> {
    await Promise.all([
      this.insertOnce(this.ratings, { _id: doctorId, ...UNRATED, version: 0 }),
      this.insertOnce(this.rated, { _id: dayId(doctorId, day), doctorId, day, count: 0, stars: 0 }),
    ]);
  }

  /** Within the transaction of the review; tells how the doctor is rated from now on. */
  async apply(doctorId: string, day: string, change: RatingChange): Promise<void> {
    const { session } = this.transactions;
    const counts = STARS.filter((stars) => change.distribution[stars] !== undefined);
    const { matchedCount } = await this.ratings.collection.updateOne(
      { _id: doctorId as never },
      {
        $inc: {
          count: change.count,
          sum: change.sum,
          version: 1,
          ...Object.fromEntries(counts.map((stars) => [`distribution.${stars}`, change.distribution[stars]!])),
        },
      },
      { session },
    );
    const ofDay = await this.rated.collection.updateOne(
      { _id: dayId(doctorId, day) as never },
      { $inc: { count: change.count, stars: change.sum } },
      { session },
    );
    if (matchedCount + ofDay.matchedCount !== 2) throw new Error(`the rating of ${doctorId} was not prepared`);
    const after = await this.ratings
      .findById(doctorId)
      .session(session ?? null)
      .lean<RatingRecord>();
    await this.facts.summarised(doctorId, after!, after!.version);
  }

  private async insertOnce<T extends { _id: string }>(model: Model<T>, row: T): Promise<void> {
    if (await model.collection.findOne({ _id: row._id as never }, { projection: { _id: 1 } })) return;
    try {
      await model.collection.insertOne(row as never);
    } catch (error) {
      // Losing the race leaves what was wanted.
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
