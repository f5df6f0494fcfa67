import { Injectable } from '@nestjs/common';
import { ConcurrentChange, VersionMismatch } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import type { Opinion, Review, ReviewState } from '../domain/review.js';
import { Reviews } from '../domain/reviews.js';

const ATTEMPTS = 5;

/** Every step after the submission: load, decide, save; decided again when another writer was faster. */
@Injectable()
export class ChangeReviewHandler {
  constructor(
    private readonly reviews: Reviews,
    private readonly clock: Clock,
  ) {}

  /** By its patient, at the version they insist on, if any. @throws NotFound, TooLate, VersionMismatch */
  edit(patientId: string, id: string, opinion: Opinion, version?: number): Promise<ReviewState> {
    return this.change(
      () => this.reviews.ofPatient(patientId, id),
      (review, now) => {
        if (version !== undefined && version !== review.state.version)
          throw new VersionMismatch(`version is ${review.state.version}`);
        review.edit(opinion, now);
      },
    );
  }

  /** By its doctor. @throws NotFound, AlreadyAnswered */
  answer(doctorId: string, id: string, comment: string): Promise<ReviewState> {
    return this.change(
      () => this.reviews.ofDoctor(doctorId, id),
      (review, now) => review.answer(comment, now),
    );
  }

  /** By its doctor. @throws NotFound, AlreadyReported, AlreadyHidden */
  report(doctorId: string, id: string, reason: string): Promise<ReviewState> {
    return this.change(
      () => this.reviews.ofDoctor(doctorId, id),
      (review, now) => review.report(reason, now),
    );
  }

  /** By an administrator. @throws NotFound, AlreadyHidden */
  hide(id: string, reason: string): Promise<ReviewState> {
    return this.change(
      () => this.reviews.any(id),
      (review, now) => review.hide(reason, now),
    );
  }

  /** By an administrator. @throws NotFound, NotReported */
  dismiss(id: string): Promise<ReviewState> {
    return this.change(
      () => this.reviews.any(id),
      (review) => review.dismiss(),
    );
  }

  private async change(load: () => Promise<Review>, decide: (review: Review, now: Date) => void): Promise<ReviewState> {
    for (let attempt = 1; ; attempt += 1) {
      const review = await load();
      decide(review, this.clock.now());
      try {
        await this.reviews.save(review);
      } catch (error) {
        if (error instanceof ConcurrentChange && attempt < ATTEMPTS) continue;
        throw error;
      }
      return review.state;
    }
  }
}
