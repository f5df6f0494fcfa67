import { describe, expect, it } from 'vitest';
import { newHours, type WeekRange } from './plan';
import { dayToFill, freeOf, hoursToAdd, ofDay, overlapsOf, withDayCopied } from './week';

let count = 0;
const range = (weekday: string, start: string, end: string): WeekRange => ({
  ...newHours(),
  key: `range-${++count}`,
  weekday,
  start,
  end,
});
const timesOf = (ranges: readonly WeekRange[]) => ranges.map(({ start, end }) => `${start}–${end}`);

describe('the hours of each week', () => {
  it('overlap where two of one day share time, not where one ends as the other begins', () => {
    const [morning, late, noon] = [
      range('1', '09:00', '12:00'),
      range('1', '11:00', '13:00'),
      range('1', '13:00', '15:00'),
    ];
    const tuesday = range('2', '09:00', '12:00');
    expect(overlapsOf([noon, late, tuesday, morning])).toEqual([[morning, late]]);
  });

  it('overlap up to midnight, which a time field calls 00:00', () => {
    const [evening, night] = [range('5', '20:00', '00:00'), range('5', '23:00', '00:00')];
    expect(overlapsOf([evening, night])).toEqual([[evening, night]]);
  });

  it('are not compared while a time of them is missing', () => {
    expect(overlapsOf([range('1', '', '12:00'), range('1', '09:00', '12:00'), range('1', '14:00', '13:00')])).toEqual(
      [],
    );
  });

  it('of a day replace those of the days they are copied to', () => {
    const week = [
      range('1', '09:00', '12:00'),
      range('1', '14:00', '17:00'),
      range('2', '08:00', '18:00'),
      range('3', '10:00', '11:00'),
    ];
    const copied = withDayCopied(week, '1', ['1', '2', '4']);
    for (const weekday of ['1', '2', '4'])
      expect(timesOf(ofDay(copied, weekday))).toEqual(['09:00–12:00', '14:00–17:00']);
    expect(timesOf(ofDay(copied, '3'))).toEqual(['10:00–11:00']);
    expect(new Set(copied.map(({ key }) => key)).size).toBe(copied.length);
    expect(overlapsOf(copied)).toEqual([]);
  });

  it('are drawn only where the day has none yet', () => {
    const week = [range('1', '09:00', '12:00')];
    expect(freeOf(week, '1', ['08:00', '13:00'])).toEqual([
      ['08:00', '09:00'],
      ['12:00', '13:00'],
    ]);
    expect(freeOf(week, '1', ['10:00', '11:00'])).toEqual([]);
  });

  it('are added to a half of the day that is free', () => {
    expect(hoursToAdd([], '1')).toEqual(['09:00', '12:00']);
    expect(hoursToAdd([range('1', '09:00', '12:00')], '1')).toEqual(['14:00', '17:00']);
    expect(hoursToAdd([range('1', '09:00', '17:00')], '1')).toEqual(['17:00', '24:00']);
    expect(dayToFill([range('1', '09:00', '12:00'), range('3', '09:00', '12:00')])).toBe('2');
  });
});
