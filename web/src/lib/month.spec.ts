import { describe, expect, it } from 'vitest';
import { dayByKey, nextMonth, previousMonth, weeksOf } from './month';

describe('a month', () => {
  it.each([
    ['2026-02', 5, '2026-01-26', '2026-03-01'],
    ['2027-02', 4, '2027-02-01', '2027-02-28'],
    ['2026-08', 6, '2026-07-27', '2026-09-06'],
  ])('%s takes %i weeks, from %s to %s', (month, count, first, last) => {
    const weeks = weeksOf(month);
    expect([weeks.length, weeks[0]![0], weeks.at(-1)!.at(-1)]).toEqual([count, first, last]);
  });

  it('follows December, and comes before January', () => {
    expect([nextMonth('2026-12'), previousMonth('2027-01-31')]).toEqual(['2027-01-01', '2026-12-01']);
  });

  it.each([
    ['ArrowRight', '2026-12-07', false, '2026-12-09'],
    ['ArrowRight', '2026-12-07', true, '2026-12-03'],
    ['ArrowLeft', '2026-12-07', true, '2026-12-09'],
    ['ArrowDown', '2026-12-03', false, '2026-12-14'],
    ['ArrowUp', '2026-12-14', false, '2026-12-07'],
    ['ArrowUp', '2026-12-03', false, undefined],
    ['Home', '2026-12-14', false, '2026-12-03'],
    ['End', '2026-12-03', false, '2026-12-14'],
    ['a', '2026-12-03', false, undefined],
  ])('%s from %s, right to left: %s, leads to %s', (key, from, isRightToLeft, to) => {
    expect(dayByKey(key, from, ['2026-12-03', '2026-12-07', '2026-12-09', '2026-12-14'], isRightToLeft)).toBe(to);
  });
});
