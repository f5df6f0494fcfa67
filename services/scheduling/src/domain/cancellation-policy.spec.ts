import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { policyFaults, refundAmount, refundPercent } from './cancellation-policy.js';
import { minutesAfter } from './values.js';

const startsAt = new Date('2026-11-24T08:00:00Z');

describe('a cancellation policy', () => {
  it('rounds what goes back to what Stripe can move, half up', () => {
    expect(refundAmount({ amount: 60_010, currency: 'TND' }, 50)).toBe(30_010);
    expect(refundAmount({ amount: 61, currency: 'EUR' }, 50)).toBe(31);
    expect(refundAmount({ amount: 60_005, currency: 'TND' }, 100)).toBe(60_005);
    expect(refundAmount({ amount: 60_000, currency: 'TND' }, 0)).toBe(0);
  });

  it('never gives back more than the price, nor more the later one cancels', () => {
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
          const [late, early] = [Math.min(...minutes), Math.max(...minutes)];
          const back = (before: number) =>
            refundAmount({ amount, currency: 'TND' }, refundPercent(policy, startsAt, minutesAfter(startsAt, -before)));
          expect(back(late)).toBeLessThanOrEqual(back(early));
          expect(back(early)).toBeLessThanOrEqual(amount);
          expect(back(Math.max(early, 72 * 60))).toBe(amount);
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
