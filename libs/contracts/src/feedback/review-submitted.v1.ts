import { defineContract } from '../contract.js';
import { ReviewData, reviewExample } from './review-facts.js';

/** A patient rated a completed consultation, or changed what they had said. */
export class ReviewSubmittedV1 extends ReviewData {}

export const reviewSubmittedV1 = defineContract({
  type: 'feedback.review-submitted.v1',
  data: ReviewSubmittedV1,
  example: reviewExample,
});
