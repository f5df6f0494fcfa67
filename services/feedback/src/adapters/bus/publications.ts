import { Injectable } from '@nestjs/common';
import {
  ratingSummarisedV1,
  reviewAnsweredV1,
  type ReviewData,
  reviewHiddenV1,
  reviewInvitedV1,
  reviewSubmittedV1,
} from '@medflow/contracts';
import { Outbox, type OutgoingEvent } from '@medflow/messaging';
import { averageOf, type Rating, scoreOf } from '../../domain/rating.js';
import type { ReviewFact, ReviewState } from '../../domain/review.js';
import type { Visit } from '../../domain/visit.js';
import { FactLog } from '../fact-log.js';

const contractOf = { submitted: reviewSubmittedV1, answered: reviewAnsweredV1, hidden: reviewHiddenV1 } as const;

const dataOf = (review: ReviewState): ReviewData => ({
  reviewId: review.id,
  appointmentId: review.appointmentId,
  patientId: review.patientId,
  doctorId: review.doctorId,
  stars: review.stars,
});

export const eventOf = ({ name, review, at: time }: ReviewFact): OutgoingEvent => ({
  contract: contractOf[name],
  subject: review.id,
  sequence: review.version,
  data: dataOf(review),
  time,
});

export function summaryEventOf(doctorId: string, rating: Rating, sequence: number): OutgoingEvent {
  const data = { doctorId, average: averageOf(rating) ?? 0, count: rating.count, score: scoreOf(rating) };
  return { contract: ratingSummarisedV1, subject: doctorId, sequence, data };
}

export function invitationEventOf(visit: Visit, time: Date): OutgoingEvent {
  const { appointmentId, patientId, doctorId, sequence } = visit;
  const data = { appointmentId, patientId, doctorId };
  return { contract: reviewInvitedV1, subject: appointmentId, sequence, data, time };
}

@Injectable()
export class Publications extends FactLog {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  append(facts: readonly ReviewFact[]): Promise<void> {
    return this.outbox.append(facts.map(eventOf));
  }

  summarised(doctorId: string, rating: Rating, sequence: number): Promise<void> {
    return this.outbox.append([summaryEventOf(doctorId, rating, sequence)]);
  }

  invited(visit: Visit, time: Date): Promise<void> {
    return this.outbox.append([invitationEventOf(visit, time)]);
  }
}
