import { describe, expect, it } from '@jest/globals';
import { bucketFor, piecesOf, dayIn, daysAfter, lengthOf, startOf, yearsAfter } from './calendar.js';

describe('the calendar', () => {
  it('begins ISO weeks on Monday, over the end of a year', () => {
    expect(startOf('week', '2027-01-01')).toBe('2026-12-28');
    expect(startOf('week', '2026-12-28')).toBe('2026-12-28');
    expect(startOf('week', '2026-12-27')).toBe('2026-12-21');
    expect(startOf('week', '1969-12-31')).toBe('1969-12-29');
  });

  it('leaves the first and the last piece partial where the period begins or ends within', () => {
    expect(piecesOf('week', '2026-12-30', '2027-01-05')).toEqual([
      { from: '2026-12-30', to: '2027-01-03' },
      { from: '2027-01-04', to: '2027-01-05' },
    ]);
    expect(piecesOf('month', '2028-01-31', '2028-03-01')).toEqual([
      { from: '2028-01-31', to: '2028-01-31' },
      { from: '2028-02-01', to: '2028-02-29' },
      { from: '2028-03-01', to: '2028-03-01' },
    ]);
    expect(piecesOf('day', '2026-03-29', '2026-03-29')).toEqual([{ from: '2026-03-29', to: '2026-03-29' }]);
  });

  it('counts a day on which clocks change as one day', () => {
    expect(daysAfter('2026-03-28', 1)).toBe('2026-03-29');
    expect(daysAfter('2026-10-25', 1)).toBe('2026-10-26');
    expect(lengthOf('2026-03-28', '2026-03-30')).toBe(3);
  });

  it('tells the day at the doctor’s, on either side of the date line and of a change of clocks', () => {
    const instant = new Date('2026-12-31T23:30:00Z');
    expect(dayIn('Africa/Tunis', instant)).toBe('2027-01-01');
    expect(dayIn('Pacific/Pago_Pago', instant)).toBe('2026-12-31');
    expect(dayIn('Europe/Paris', new Date('2026-10-25T22:30:00Z'))).toBe('2026-10-25');
    expect(dayIn('Europe/Paris', new Date('2026-03-29T22:30:00Z'))).toBe('2026-03-30');
  });

  it('knows leap years', () => {
    expect(yearsAfter('2024-02-29', 3)).toBe('2027-03-01');
    expect(yearsAfter('2023-11-23', 3)).toBe('2026-11-23');
  });

  it('takes buckets that make few points by default', () => {
    expect(bucketFor('2026-10-25', '2026-11-23')).toBe('day');
    expect(bucketFor('2026-01-01', '2026-11-23')).toBe('week');
    expect(bucketFor('2024-01-01', '2026-11-23')).toBe('month');
  });
});
