import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Holding, holding, Holdings } from '@medflow/messaging';
import type { Model } from 'mongoose';
import { eventOf, invitationEventOf, summaryEventOf } from './bus/publications.js';
import { toState } from './mongo/mongo-reviews.js';
import { toVisit } from './mongo/mongo-visits.js';
import { type LastFact, RatingRecord, ReviewRecord, VisitRecord } from './mongo/schemas.js';

/** What this service tells again: reviews, who was asked for one, and how each doctor is rated. */
@Injectable()
export class FeedbackHoldings extends Holdings {
  readonly all: readonly Holding[];

  constructor(
    @InjectModel(ReviewRecord.name) reviews: Model<ReviewRecord>,
    @InjectModel(VisitRecord.name) visits: Model<VisitRecord>,
    @InjectModel(RatingRecord.name) ratings: Model<RatingRecord>,
  ) {
    super();
    this.all = [
      holding<ReviewRecord>(
        'reviews',
        reviews,
        (record) => {
          const { sequence, ...fact } = record.lastFact ?? impliedBy(record);
          return [{ ...eventOf({ ...fact, review: toState(record) }), sequence }];
        },
        // Reviews of earlier releases do not say when.
        (since) => ({ 'lastFact.at': { $not: { $lt: since } } }),
      ),
      holding<VisitRecord>(
        'invitations',
        visits,
        (record) => [invitationEventOf(toVisit(record), record.invitedAt!)],
        (since) => ({ invitedAt: { $gte: since } }),
        { invitedAt: { $gte: new Date(0) } },
      ),
      holding<RatingRecord>('ratings', ratings, (record) =>
        record.version > 0 ? [summaryEventOf(record._id, record, record.version)] : [],
      ),
    ];
  }
}

/** The last fact of a review of an earlier release, which did not note it. */
function impliedBy({ hidden, reply, editedAt, createdAt, version: sequence }: ReviewRecord): LastFact {
  if (hidden) return { name: 'hidden', at: hidden.at, sequence };
  if (reply) return { name: 'answered', at: reply.createdAt, sequence };
  return { name: 'submitted', at: editedAt ?? createdAt, sequence };
}
