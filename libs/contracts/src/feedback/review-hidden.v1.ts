import { defineContract } from '../contract.js';
import { ReviewData, reviewExample } from './review-facts.js';

/** An administrator took the comment off the public page. */
export class ReviewHiddenV1 extends ReviewData {}

export const reviewHiddenV1 = defineContract({
  type: 'feedback.review-hidden.v1',
  data: ReviewHiddenV1,
  example: reviewExample,
});
