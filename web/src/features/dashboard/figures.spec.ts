import { describe, expect, it } from 'vitest';
import { bucketFor, changeOf, csvOf, lengthOf, periodBefore, type Point } from './figures';
import { lastDays } from '../../lib/period';

describe('periods', () => {
  it('count both ends, and have one before of the same length', () => {
    const period = lastDays(30, '2026-11-23');
    expect(period).toEqual({ from: '2026-10-25', to: '2026-11-23' });
    expect(lengthOf(period)).toBe(30);
    expect(periodBefore(period)).toEqual({ from: '2026-09-25', to: '2026-10-24' });
  });

  it.each([
    [7, 'day'],
    [45, 'day'],
    [90, 'week'],
    [365, 'month'],
  ] as const)('%d days are shown by %s', (days, bucket) => {
    expect(bucketFor(lastDays(days, '2026-11-23'))).toBe(bucket);
  });
});

describe('the change against the period before', () => {
  it.each([
    [12, 10, '+20%'],
    [8, 10, '-20%'],
    [10, 10, '0%'],
    [10, 0, undefined],
    [null, 10, undefined],
  ])('%s after %s is %s', (now, before, text) => {
    expect(changeOf(now, before, 'en-GB')).toBe(text);
  });
});

describe('the file', () => {
  const point: Point = {
    from: '2026-11-01',
    to: '2026-11-07',
    consultations: 12,
    noShows: 1,
    cancelled: 0,
    income: { amount: 720_500, currency: 'TND' },
    refunds: null,
    fees: null,
    rating: { average: 4.5, count: 2 },
  };
  const headings = {
    from: 'Du',
    to: 'Au',
    consultations: '=1+1',
    noShows: 'a,b',
    cancelled: 'c"d',
    income: 'Revenus',
    refunds: 'R',
    ratings: 'N',
    rating: 'M',
  };

  it('holds what is shown, and nothing that a spreadsheet would run', () => {
    const [first, second] = csvOf([point], headings).replace('\ufeff', '').split('\r\n');
    expect(first).toBe(`Du,Au,'=1+1,"a,b","c""d",Revenus,R,N,M`);
    expect(second).toBe('2026-11-01,2026-11-07,12,1,0,720.5 TND,,2,4.5');
  });
});
