import { priceLimits } from '@medflow/service-kit';
import { describe, expect, it } from '@jest/globals';
import { chargeable, movable } from './price.js';

describe('what can be charged', () => {
  it('is the same here as where prices are set', () => {
    for (const [currency, { step, min }] of Object.entries(priceLimits)) {
      for (const amount of [min, min + step, min + 123 * step]) {
        expect(chargeable({ amount, currency }).amount).toBe(amount);
        expect(movable({ amount, currency })).toBe(amount);
      }
      expect(chargeable({ amount: min - step, currency }).amount).toBe(0);
      expect(movable({ amount: 60_000 + step / 2, currency }) % step).toBe(0);
    }
  });
});
