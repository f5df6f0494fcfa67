import type { Rating } from '../domain/rating.js';
import type { ReviewFact } from '../domain/review.js';
import type { Visit } from '../domain/visit.js';

/** Where repositories leave what happened, inside their transaction; the bus adapter turns it into events. */
export abstract class FactLog {
  abstract append(facts: readonly ReviewFact[]): Promise<void>;
  abstract summarised(doctorId: string, rating: Rating, sequence: number): Promise<void>;
  abstract invited(visit: Visit, at: Date): Promise<void>;
}
