import { describe, expect, it } from 'vitest';
import { blocked, isAway, opened, rangeOf, stepOf } from './ranges';

/** A Friday. */
const date = '2026-12-04';
const hours = { slotMinutes: 30, mode: 'video' as const, price: { amount: 60_000, currency: 'TND' as const } };
const weekly = [{ weekday: 5, start: '09:00', end: '12:00', ...hours }];
const plan = {
  weekly,
  seasons: [] as { name: string; from: string; to: string; weekly: typeof weekly }[],
  dates: [],
  exceptions: [] as { date: string; start?: string; end?: string }[],
};

describe('a range of a day', () => {
  it('is of one day, up to its end', () => {
    expect(rangeOf(`${date} 14:00:00`, `${date} 15:30:00`)).toEqual({ date, start: '14:00', end: '15:30' });
    expect(rangeOf(`${date} 22:00:00`, '2026-12-05 00:00:00')).toEqual({ date, start: '22:00', end: '24:00' });
    expect(rangeOf(`${date} 22:00:00`, `${date} 23:59:59`)).toEqual({ date, start: '22:00', end: '24:00' });
    expect(rangeOf(`${date} 22:00:00`, '2026-12-05 09:00:00')).toBeUndefined();
  });

  it('is taken out of the plan, and given back', () => {
    const range = { date, start: '10:00', end: '11:00' };
    const away = blocked(plan, range);
    expect(isAway(away, { date, start: '10:30', end: '12:00' })).toBe(true);
    expect(isAway(away, { date, start: '11:00', end: '12:00' })).toBe(false);
    // The week offers it: nothing is to be added.
    expect(opened(away, range, hours)).toEqual(plan);
  });

  it('that is given back leaves the rest of an absence, of a whole day too', () => {
    const range = { date, start: '10:00', end: '11:00' };
    const part = { ...plan, exceptions: [{ date, start: '09:00', end: '10:30' }] };
    expect(opened(part, range, hours).exceptions).toEqual([{ date, start: '09:00', end: '10:00' }]);
    expect(opened({ ...plan, exceptions: [{ date }] }, range, hours).exceptions).toEqual([
      { date, start: '00:00', end: '10:00' },
      { date, start: '11:00', end: '24:00' },
    ]);
  });

  it('is added where the week does not offer it, and there alone', () => {
    expect(opened(plan, { date, start: '08:00', end: '13:00' }, hours).dates).toEqual([
      { date, start: '08:00', end: '09:00', ...hours },
      { date, start: '12:00', end: '13:00', ...hours },
    ]);
  });

  it('is added where the week of its season does not offer it, whatever the usual one does', () => {
    const season = { name: 'Ramadan', from: date, to: date, weekly: [{ ...weekly[0]!, start: '10:00', end: '11:00' }] };
    const range = { date, start: '09:00', end: '11:00' };
    expect(opened({ ...plan, seasons: [season] }, range, hours).dates).toEqual([
      { date, start: '09:00', end: '10:00', ...hours },
    ]);
  });
});

describe('the rows of the grid', () => {
  const friday = (slotMinutes: number, start = '09:00') => ({ ...weekly[0]!, slotMinutes, start });
  const step = (...week: typeof weekly) => stepOf({ ...plan, weekly: week }, ['2026-12-03', date]);

  it.each([
    [20, 20],
    [15, 15],
    [45, 15],
    [10, 10],
    [30, 30],
    [60, 30],
    [25, 30],
  ])('of slots of %i minutes are of %i', (slotMinutes, expected) => {
    expect(step(friday(slotMinutes))).toBe(expected);
  });

  it('suit all hours of the days that are shown, and those alone', () => {
    expect(step(friday(20), friday(30, '14:00'))).toBe(10);
    expect(step(friday(30, '08:15'))).toBe(15);
    expect(step({ ...friday(20), weekday: 1 })).toBe(30);
    expect(step()).toBe(30);
    const single = { date, start: '14:00', end: '16:00', ...hours, slotMinutes: 20 };
    expect(stepOf({ ...plan, weekly: [], dates: [single] }, [date])).toBe(20);
    expect(stepOf({ ...plan, weekly: [], dates: [single] }, ['2026-12-03'])).toBe(30);
  });

  it('are those of the season that the week is in', () => {
    const season = { name: 'Ramadan', from: date, to: date, weekly: [friday(20)] };
    expect(stepOf({ ...plan, seasons: [season] }, [date])).toBe(20);
  });
});
