import { describe, expect, it } from '@jest/globals';
import { boundsOfDay, dayOf, outcomeOf } from './doctor-days.js';

const counted = { consultations: 0, noShows: 0, cancelled: 0, requested: 1 };

describe('what an appointment adds to its day', () => {
  it.each([
    ['completed', { ...counted, consultations: 1 }],
    ['missed', { ...counted, noShows: 1 }],
    ['cancelled', { ...counted, cancelled: 1 }],
    ['rejected', counted],
    ['expired', counted],
    ['requested', undefined],
    ['accepted', undefined],
    ['held', undefined],
  ] as const)('is the right count once it is %s', (status, counts) => {
    expect(outcomeOf({ status, announced: true })).toEqual(counts);
  });

  it('is nothing for a hold that the doctor was never told of', () => {
    for (const status of ['expired', 'cancelled'] as const)
      expect(outcomeOf({ status, announced: false })).toBeUndefined();
  });
});

describe('a day', () => {
  it('is that of the doctor’s clock', () => {
    expect(dayOf(new Date('2026-12-31T23:00:00Z'), 'Africa/Tunis')).toBe('2027-01-01');
    expect(dayOf(new Date('2026-12-31T22:59:59Z'), 'Africa/Tunis')).toBe('2026-12-31');
  });

  it('has 23 hours when clocks go forward, 25 when they go back, and begins at 1:00 where midnight is skipped', () => {
    const bounds = (instant: string, timeZone: string) => {
      const { from, to } = boundsOfDay(new Date(instant), timeZone);
      return [from.toISOString(), (to.getTime() - from.getTime()) / 3_600_000];
    };
    expect(bounds('2026-03-29T12:00:00Z', 'Europe/Paris')).toEqual(['2026-03-28T23:00:00.000Z', 23]);
    expect(bounds('2026-10-25T12:00:00Z', 'Europe/Paris')).toEqual(['2026-10-24T22:00:00.000Z', 25]);
    expect(bounds('2026-09-06T12:00:00Z', 'America/Santiago')).toEqual(['2026-09-06T04:00:00.000Z', 23]);
  });
});
