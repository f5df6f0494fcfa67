import { Outbox } from '@medflow/messaging';
import { DatabaseHealth, MongoTransactions } from '@medflow/service-kit';
import { type Connection, createConnection, type Model, type Schema } from 'mongoose';
import { v7 as uuid } from 'uuid';
import { dayOf, DEFAULT_TIME_ZONE, HOUR_MS } from '../domain/days.js';
import type { Rating } from '../domain/rating.js';
import { type Opinion, Review } from '../domain/review.js';
import { inviteAt, type Visit } from '../domain/visit.js';
import { Publications } from './bus/publications.js';
import { FactLog } from './fact-log.js';
import { MongoRatings } from './mongo/mongo-ratings.js';
import { MongoReviews } from './mongo/mongo-reviews.js';
import { MongoVisits } from './mongo/mongo-visits.js';
import {
  RatedDayRecord,
  ratedDaySchema,
  RatingRecord,
  ratingSchema,
  ReviewRecord,
  reviewSchema,
  VisitRecord,
  visitSchema,
} from './mongo/schemas.js';

/** A visit that took place and what was said of it, if anything. */
export interface RatedVisit {
  appointmentId: string;
  doctorId: string;
  patientId: string;
  startsAt: Date;
  endsAt: Date;
  opinion?: Opinion;
  reply?: string;
}

/** Version of an appointment that was requested, accepted and completed. */
const COMPLETED = 3;

/** Of all that happened long ago, only what it came to is told, once for each doctor. */
class DemoFacts extends FactLog {
  readonly ratings = new Map<string, { rating: Rating; sequence: number }>();

  async append(): Promise<void> {}
  async invited(): Promise<void> {}
  async summarised(doctorId: string, rating: Rating, sequence: number): Promise<void> {
    this.ratings.set(doctorId, { rating, sequence });
  }
}

function reviewOf(visit: Visit, { endsAt, opinion, reply }: RatedVisit): Review | undefined {
  if (!opinion) return undefined;
  const at = new Date(endsAt.getTime() + 3 * HOUR_MS);
  const identity = { id: uuid({ msecs: at.getTime() }), day: dayOf(at, DEFAULT_TIME_ZONE) };
  const review = Review.submit(visit, opinion, identity, at);
  if (reply !== undefined) review.answer(reply, new Date(at.getTime() + HOUR_MS));
  return review;
}

/**
 * Writes what was said of visits of the past into a feedback database, for demonstrations: the directory learns of the
 * ratings, nobody else is told of anything. How many reviews there are.
 */
export async function writeDemoReviews(mongoUri: string, visits: readonly RatedVisit[]): Promise<number> {
  // The indexes are the service's own.
  const connection = await createConnection(mongoUri, { autoIndex: false, autoCreate: false }).asPromise();
  try {
    const transactions = new MongoTransactions(connection, new DatabaseHealth(connection));
    const last = new DemoFacts();
    const repositories = repositoriesOn(connection, last, transactions);
    let reviews = 0;
    for (const demoVisit of visits) {
      const { appointmentId, doctorId, patientId, startsAt, endsAt } = demoVisit;
      const visit = { appointmentId, doctorId, patientId, startsAt, status: 'completed', sequence: COMPLETED } as const;
      // In one step: a service that runs on this database would ask the patient to rate it.
      await transactions.run(async () => {
        await repositories.visits.follow(visit, endsAt);
        await repositories.visits.invite(visit, inviteAt(endsAt));
      });
      const review = reviewOf(visit, demoVisit);
      if (!review) continue;
      await repositories.reviews.add(review);
      reviews += 1;
    }
    const outbox = new Outbox(
      'feedback',
      () => connection.db!,
      transactions,
      () => undefined,
    );
    const publications = new Publications(outbox);
    await transactions.run(async () => {
      for (const [doctorId, { rating, sequence }] of last.ratings)
        await publications.summarised(doctorId, rating, sequence);
    });
    return reviews;
  } finally {
    await connection.close();
  }
}

function repositoriesOn(connection: Connection, facts: FactLog, transactions: MongoTransactions) {
  const modelOf = <T>(record: new () => T, schema: Schema<T>) =>
    connection.model(record.name, schema) as unknown as Model<T>;
  const visits = new MongoVisits(modelOf(VisitRecord, visitSchema), facts, transactions);
  const ratings = new MongoRatings(
    modelOf(RatingRecord, ratingSchema),
    modelOf(RatedDayRecord, ratedDaySchema),
    facts,
    transactions,
  );
  const reviews = new MongoReviews(modelOf(ReviewRecord, reviewSchema), visits, ratings, facts, transactions);
  return { visits, reviews };
}
