import { describe, expect, it } from 'vitest';
import { usualInstead } from './fees';

const range = (specialization: string, from: number, to: number, currency = 'TND') => ({
  specialization,
  currency,
  from,
  to,
});
const ranges = [range('cardiology', 50_000, 80_000), range('general-practice', 30_000, 50_000)];

describe('a fee outside of what is usual', () => {
  it.each([
    [49_000, ['cardiology'], [ranges[0]]],
    [80_010, ['cardiology'], [ranges[0]]],
    [90_000, ['cardiology', 'general-practice'], ranges],
  ])('%i millimes for %j is told, with what is usual', (amount, specializations, expected) => {
    expect(usualInstead(amount, 'TND', specializations, ranges)).toEqual(expected);
  });

  it.each([
    [50_000, ['cardiology'], 'TND'],
    [80_000, ['cardiology'], 'TND'],
    [40_000, ['cardiology', 'general-practice'], 'TND'],
    [10_000, ['dentistry'], 'TND'],
    [10_000, ['cardiology'], 'EUR'],
    [0, ['cardiology'], 'TND'],
  ])('%i for %j in %s is nothing to tell', (amount, specializations, currency) => {
    expect(usualInstead(amount, currency, specializations, ranges)).toBeUndefined();
  });
});
