import type { Rating } from './rating.js';
import type { Review, ReviewState, Standing } from './review.js';

export interface ReviewFilter {
  readonly stars?: readonly number[];
  /** Local days of the doctor `YYYY-MM-DD`, both inclusive. */
  readonly from?: string;
  readonly to?: string;
  readonly patientId?: string;
}

export interface ReviewPage {
  readonly limit: number;
  /** Sort time and id of the last one seen. */
  readonly after?: { readonly at: Date; readonly id: string };
}

/** Reviews with the ratings they add up to and the facts they tell, saved together or not at all. Lists: `limit` + 1. */
export abstract class Reviews {
  /** @throws AlreadyReviewed when the visit has a review */
  abstract add(review: Review): Promise<void>;
  /** @throws ConcurrentChange when it was changed since it was loaded */
  abstract save(review: Review): Promise<void>;

  /** @throws NotFound also when it is somebody else's */
  abstract ofDoctor(doctorId: string, id: string): Promise<Review>;
  /** @throws NotFound also when it is somebody else's */
  abstract ofPatient(patientId: string, id: string): Promise<Review>;
  /** For administrators. @throws NotFound */
  abstract any(id: string): Promise<Review>;

  /** Newest first. */
  abstract listOfDoctor(doctorId: string, filter: ReviewFilter, page: ReviewPage): Promise<ReviewState[]>;
  /** The newest so many, newest first; cost depends on how many were written lately. */
  abstract latestOfDoctor(doctorId: string, limit: number, now: Date): Promise<ReviewState[]>;
  /** Newest first; of one appointment where it is given. */
  abstract listOfPatient(
    patientId: string,
    appointmentId: string | undefined,
    page: ReviewPage,
  ): Promise<ReviewState[]>;
  /** Longest waiting first. */
  abstract inStanding(standing: Standing, page: ReviewPage): Promise<ReviewState[]>;
}

/** Since when it has stood so: what the administrator's lists go by. */
export const standingSince = ({ report, hidden, createdAt }: ReviewState): Date =>
  hidden?.at ?? (report?.open ? report.at : createdAt);

/** Reviews of one local day of the doctor. */
export interface RatedDay {
  readonly day: string;
  readonly count: number;
  /** Sum. */
  readonly stars: number;
}

/** What each doctor's reviews come to, kept up with each review: reading costs the same after any number of them. */
export abstract class Ratings {
  abstract of(doctorId: string): Promise<Rating>;
  /** Days with a review, ascending; both ends inclusive. */
  abstract days(doctorId: string, from: string, to: string): Promise<RatedDay[]>;
}
