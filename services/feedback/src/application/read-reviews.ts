import { People, type Person } from '@medflow/people';
import { CountryRules } from '@medflow/rules';
import { Injectable } from '@nestjs/common';
import { averageOf, type Rating, UNRATED } from '../domain/rating.js';
import { Clock } from '../domain/ports.js';
import type { ReviewState } from '../domain/review.js';
import { type RatedDay, Ratings, type ReviewFilter, type ReviewPage, Reviews } from '../domain/reviews.js';
import { type Visit, Visits } from '../domain/visit.js';

/** A review and whoever it is about and by. */
export interface NamedReview {
  readonly review: ReviewState;
  readonly doctor: Person;
  readonly patient: Person;
}

const DOCTOR_ALONE = 'reviews-for-the-doctor-alone';

/** What everybody may read of a doctor. */
export interface Published {
  readonly reviews: ReviewState[];
  readonly rating: Rating;
  /** The rule by which there is nothing. */
  readonly withheld?: typeof DOCTOR_ALONE;
}

export interface Figures {
  readonly average: number | null;
  readonly count: number;
  readonly days: RatedDay[];
}

/** Lists: up to `page.limit` + 1. */
@Injectable()
export class ReadReviewsHandler {
  constructor(
    private readonly reviews: Reviews,
    private readonly ratings: Ratings,
    private readonly visits: Visits,
    private readonly people: People,
    private readonly rules: CountryRules,
    private readonly clock: Clock,
  ) {}

  /** For everybody: no names are looked up. */
  async published(doctorId: string, page: ReviewPage): Promise<Published> {
    if (this.rules.applies(DOCTOR_ALONE)) return { reviews: [], rating: UNRATED, withheld: DOCTOR_ALONE };
    const [reviews, rating] = await Promise.all([
      this.reviews.listOfDoctor(doctorId, {}, page),
      this.ratings.of(doctorId),
    ]);
    return { reviews, rating };
  }

  async ofDoctor(
    doctorId: string,
    filter: ReviewFilter,
    page: ReviewPage,
  ): Promise<{ reviews: NamedReview[]; rating: Rating }> {
    const [reviews, rating] = await Promise.all([
      this.reviews.listOfDoctor(doctorId, filter, page),
      this.ratings.of(doctorId),
    ]);
    return { reviews: await this.named(reviews), rating };
  }

  /** The newest of the doctor's, newest first. */
  async latest(doctorId: string, limit: number): Promise<NamedReview[]> {
    return this.named(await this.reviews.latestOfDoctor(doctorId, limit, this.clock.now()));
  }

  async ofPatient(patientId: string, appointmentId: string | undefined, page: ReviewPage): Promise<NamedReview[]> {
    return this.named(await this.reviews.listOfPatient(patientId, appointmentId, page));
  }

  async inStanding(standing: 'reported' | 'hidden', page: ReviewPage): Promise<NamedReview[]> {
    return this.named(await this.reviews.inStanding(standing, page));
  }

  async named(reviews: readonly ReviewState[]): Promise<NamedReview[]> {
    const people = await this.people.find(reviews.flatMap(({ doctorId, patientId }) => [doctorId, patientId]));
    return reviews.map((review) => ({
      review,
      doctor: people.get(review.doctorId)!,
      patient: people.get(review.patientId)!,
    }));
  }

  /** Completed visits of the patient that wait for a review, newest first. */
  async toRate(patientId: string, limit: number): Promise<{ visit: Visit; doctor: Person }[]> {
    const visits = await this.visits.toRate(patientId, limit);
    const people = await this.people.find(visits.map(({ doctorId }) => doctorId));
    return visits.map((visit) => ({ visit, doctor: people.get(visit.doctorId)! }));
  }

  /** What the doctor was given in a period, by local day; `to` inclusive. */
  async figures(doctorId: string, from: string, to: string): Promise<Figures> {
    const days = await this.ratings.days(doctorId, from, to);
    const count = days.reduce((total, day) => total + day.count, 0);
    const sum = days.reduce((total, day) => total + day.stars, 0);
    return { average: averageOf({ count, sum }), count, days };
  }
}
