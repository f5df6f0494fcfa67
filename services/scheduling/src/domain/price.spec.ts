import { describe, expect, it } from '@jest/globals';
import { chargeable, shareOf } from './price.js';

const TND = (amount: number) => ({ amount, currency: 'TND' });

describe('a price of before prices were checked', () => {
  it('is charged as what can be moved, or not at all', () => {
    expect([12_345, 60_005, 60_004, 3, 1_994, 1_995].map((amount) => chargeable(TND(amount)).amount)).toEqual([
      12_350, 60_010, 60_000, 0, 0, 2_000,
    ]);
    expect(chargeable({ amount: 49, currency: 'EUR' }).amount).toBe(0);
    expect(chargeable({ amount: 61, currency: 'EUR' }).amount).toBe(61);
  });

  it('goes back whole as what was charged, and in shares that can be moved', () => {
    for (const amount of [12_345, 60_005, 3]) expect(shareOf(TND(amount), 100)).toBe(chargeable(TND(amount)).amount);
    expect(shareOf(TND(12_345), 50)).toBe(6_180);
    expect(shareOf(TND(60_005), 50)).toBe(30_010);
    expect(shareOf(TND(3), 50)).toBe(0);
  });
});
