import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { policyFaults, refundPercent } from './cancellation-policy.js';
import { chargeable, shareOf } from './price.js';
import { minutesAfter } from './values.js';

const startsAt = new Date('2026-11-24T08:00:00Z');

describe('a cancellation policy', () => {
  it('never gives back more than was charged, nor more the later one cancels', () => {
    const tier = fc.record({
      hoursBefore: fc.integer({ min: 0, max: 71 }),
      refundPercent: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(tier, { maxLength: 5, selector: ({ hoursBefore }) => hoursBefore }),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.tuple(fc.integer({ min: 0, max: 100 * 60 }), fc.integer({ min: 0, max: 100 * 60 })),
        (tiers, amount, minutes) => {
          const policy = { cutoffHours: 72, tiers };
          fc.pre(policyFaults(policy).length === 0);
          const price = { amount, currency: 'TND' };
          const charged = chargeable(price).amount;
          const [late, early] = [Math.min(...minutes), Math.max(...minutes)];
          const back = (before: number) =>
            shareOf(price, refundPercent(policy, startsAt, minutesAfter(startsAt, -before)));
          expect(back(late)).toBeLessThanOrEqual(back(early));
          expect(back(early)).toBeLessThanOrEqual(charged);
          expect(back(Math.max(early, 72 * 60))).toBe(charged);
          expect(back(late) % 10).toBe(0);
        },
      ),
    );
  });

  it('names each tier that cannot be', () => {
    expect(
      policyFaults({
        cutoffHours: 24,
        tiers: [
          { hoursBefore: 24, refundPercent: 80 },
          { hoursBefore: 12, refundPercent: 20 },
          { hoursBefore: 12, refundPercent: 10 },
          { hoursBefore: 2, refundPercent: 30 },
        ],
      }),
    ).toEqual([
      { field: 'tiers.0.hoursBefore', code: 'not-before-cutoff' },
      { field: 'tiers.2.hoursBefore', code: 'duplicate' },
      { field: 'tiers.3.refundPercent', code: 'rises-near-visit' },
    ]);
  });
});
