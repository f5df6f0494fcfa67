import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
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
  edit(by: AccountSubject, id: string, opinion: Opinion, version?: number): Promise<ReviewState> {
    return this.change(
      by,
      'edit',
      () => this.reviews.ofPatient(by.id, id),
      (review, now) => {
        if (version !== undefined && version !== review.state.version)
          throw new VersionMismatch(`version is ${review.state.version}`);
        review.edit(opinion, now);
      },
    );
  }

  /** By its doctor. @throws NotFound, AlreadyAnswered */
  answer(by: AccountSubject, id: string, comment: string): Promise<ReviewState> {
    return this.change(
      by,
      'answer',
      () => this.reviews.ofDoctor(by.id, id),
      (review, now) => review.answer(comment, now),
    );
  }

  /** By its doctor. @throws NotFound, AlreadyReported, AlreadyHidden */
  report(by: AccountSubject, id: string, reason: string): Promise<ReviewState> {
    return this.change(
      by,
      'report',
      () => this.reviews.ofDoctor(by.id, id),
      (review, now) => review.report(reason, now),
    );
  }

  /** By an administrator. @throws NotFound, AlreadyHidden */
  hide(by: AccountSubject, id: string, reason: string): Promise<ReviewState> {
    return this.change(
      by,
      'hide',
      () => this.reviews.any(id),
      (review, now) => review.hide(reason, now),
    );
  }

  /** By an administrator. @throws NotFound, NotReported */
  dismiss(by: AccountSubject, id: string): Promise<ReviewState> {
    return this.change(
      by,
      'dismiss',
      () => this.reviews.any(id),
      (review) => review.dismiss(),
    );
  }

  private async change(
    by: AccountSubject,
    action: string,
    load: () => Promise<Review>,
    decide: (review: Review, now: Date) => void,
  ): Promise<ReviewState> {
    for (let attempt = 1; ; attempt += 1) {
      const review = await load();
      access.expect(by, action, 'review', review.state);
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
