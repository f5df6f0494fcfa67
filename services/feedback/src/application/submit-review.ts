import { Injectable } from '@nestjs/common';
import { dayOf } from '../domain/days.js';
import { NotFound } from '../domain/errors.js';
import { People } from '../domain/people.js';
import { Clock, Ids } from '../domain/ports.js';
import { type Opinion, Review, type ReviewState } from '../domain/review.js';
import { Reviews } from '../domain/reviews.js';
import { Visits } from '../domain/visit.js';

export interface SubmitReview extends Opinion {
  appointmentId: string;
  patientId: string;
}

@Injectable()
export class SubmitReviewHandler {
  constructor(
    private readonly visits: Visits,
    private readonly reviews: Reviews,
    private readonly people: People,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws NotFound also for somebody else's visit; NotCompleted, AlreadyReviewed */
  async execute({ appointmentId, patientId, stars, comment }: SubmitReview): Promise<ReviewState> {
    const visit = await this.visits.find(appointmentId);
    if (visit?.patientId !== patientId) throw new NotFound(`visit ${appointmentId}`);
    const now = this.clock.now();
    const day = dayOf(now, await this.people.timeZoneOf(visit.doctorId));
    const review = Review.submit(visit, { stars, comment }, { id: this.ids.next(), day }, now);
    await this.reviews.add(review);
    return review.state;
  }
}
