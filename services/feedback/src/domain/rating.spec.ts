import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  averageOf,
  changed,
  changeOf,
  PRIOR_MEAN,
  PRIOR_WEIGHT,
  type Rating,
  scoreOf,
  STARS,
  type Stars,
  UNRATED,
} from './rating.js';

const stars = fc.constantFrom(...STARS);
const ratingOf = (given: readonly Stars[]): Rating =>
  given.reduce((rating, each) => changed(rating, changeOf(undefined, each)!), UNRATED);

describe('a rating', () => {
  it('kept up change by change equals the one counted from the start, whatever was submitted and edited', () => {
    const submit = fc.record({ review: fc.constant(null), stars });
    const edit = fc.record({ review: fc.nat(30), stars });
    fc.assert(
      fc.property(fc.array(fc.oneof(submit, edit), { maxLength: 60 }), (steps) => {
        const reviews: Stars[] = [];
        let rating = UNRATED;
        for (const step of steps) {
          const index = step.review === null ? reviews.length : step.review % Math.max(1, reviews.length);
          const change = changeOf(reviews[index], step.stars);
          if (change) rating = changed(rating, change);
          reviews[index] = step.stars;
        }
        expect(rating.count).toBe(reviews.length);
        expect(rating.sum).toBe(reviews.reduce((sum: number, each) => sum + each, 0));
        for (const each of STARS)
          expect(rating.distribution[each]).toBe(reviews.filter((given) => given === each).length);
      }),
    );
  });

  it('does not change when a review is given as many stars as before', () => {
    expect(changeOf(4, 4)).toBeUndefined();
  });

  it('has no average before the first review, and two decimals after', () => {
    expect(averageOf(UNRATED)).toBeNull();
    expect(averageOf(ratingOf([5, 4, 4]))).toBe(4.33);
  });
});

describe('the score', () => {
  it('is the prior mean before the first review', () => {
    expect(scoreOf(UNRATED)).toBe(PRIOR_MEAN);
  });

  it('is (C·m + sum) ÷ (C + n)', () => {
    expect(scoreOf(ratingOf([5]))).toBeCloseTo((PRIOR_WEIGHT * PRIOR_MEAN + 5) / (PRIOR_WEIGHT + 1), 4);
    expect(scoreOf(ratingOf([1, 2]))).toBeCloseTo((PRIOR_WEIGHT * PRIOR_MEAN + 3) / (PRIOR_WEIGHT + 2), 4);
  });

  it('does not let a single five pass fifty reviews of 4.8', () => {
    const many = ratingOf(Array.from({ length: 50 }, (_, n) => (n % 5 === 0 ? 4 : 5)));
    expect(averageOf(many)).toBe(4.8);
    expect(scoreOf(many)).toBeGreaterThan(scoreOf(ratingOf([5])));
  });

  it('lies between the prior mean and the average, and rises with every star', () => {
    fc.assert(
      fc.property(fc.array(stars, { minLength: 1, maxLength: 50 }), (given) => {
        const rating = ratingOf(given);
        const [score, mean] = [scoreOf(rating), rating.sum / rating.count];
        expect(score).toBeGreaterThanOrEqual(Math.min(mean, PRIOR_MEAN) - 1e-4);
        expect(score).toBeLessThanOrEqual(Math.max(mean, PRIOR_MEAN) + 1e-4);
        expect(scoreOf({ count: rating.count, sum: rating.sum + 1 })).toBeGreaterThan(score);
      }),
    );
  });
});
