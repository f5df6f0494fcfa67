import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import { NotCompleted, NotFound } from '../domain/errors.js';
import { Clock, DoctorDays, Ids } from '../domain/ports.js';
import { type Opinion, Review, type ReviewState } from '../domain/review.js';
import { Reviews } from '../domain/reviews.js';
import { Visits } from '../domain/visit.js';

export interface SubmitReview extends Opinion {
  appointmentId: string;
  by: AccountSubject;
  /** The appointment is known to be theirs, whether scheduling has told of its end or not. */
  isOwn: boolean;
}

@Injectable()
export class SubmitReviewHandler {
  constructor(
    private readonly visits: Visits,
    private readonly reviews: Reviews,
    private readonly days: DoctorDays,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws NotFound, NotTheirs, NotCompleted, AlreadyReviewed */
  async execute({ appointmentId, by, isOwn, stars, comment }: SubmitReview): Promise<ReviewState> {
    const visit = await this.visits.find(appointmentId);
    if (!visit && isOwn) throw new NotCompleted('nobody has told of its end');
    if (!visit) throw new NotFound(`visit ${appointmentId}`);
    access.expect(by, 'rate', 'visit', visit);
    const now = this.clock.now();
    const day = await this.days.at(visit.doctorId, now);
    const review = Review.submit(visit, { stars, comment }, { id: this.ids.next(), day }, now);
    await this.reviews.add(review);
    return review.state;
  }
}
