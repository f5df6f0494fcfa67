import { defineContract } from '../contract.js';
import { ReviewData, reviewExample } from './review-facts.js';

/** The doctor answered a review. */
export class ReviewAnsweredV1 extends ReviewData {}

export const reviewAnsweredV1 = defineContract({
  type: 'feedback.review-answered.v1',
  data: ReviewAnsweredV1,
  example: reviewExample,
});
