import { describe, expect, it } from '@jest/globals';
import { Availability } from './availability.js';
import { type AvailabilityPlan, defaultPlan } from './availability-plan.js';
import { InvalidAvailability } from './errors.js';

const price = { amount: 60_000, currency: 'TND' };
const hours = (start: string, end: string, over: object = {}) => ({
  start,
  end,
  slotMinutes: 30,
  mode: 'video' as const,
  price,
  ...over,
});
const on = (weekday: number, start: string, end: string, over: object = {}) => ({
  weekday,
  ...hours(start, end, over),
});
/** 7 December 2026 is a Monday. */
const at = (date: string, start: string, end: string) => ({ date, ...hours(start, end) });

/** Who is said to share time with whom. */
function pairs(over: Partial<AvailabilityPlan>): [field: string, other: unknown, hours: unknown][] {
  try {
    Availability.publish('d1', { ...defaultPlan, ...over });
    return [];
  } catch (error) {
    const { faults } = error as InvalidAvailability;
    expect(faults.every(({ code }) => code === 'overlaps')).toBe(true);
    return faults.map(({ field, parameters }) => [field, parameters!.other, parameters!.hours]);
  }
}

describe('rules of one plan', () => {
  it('share no time on the same weekday, and both of the pair are named', () => {
    expect(pairs({ weekly: [on(1, '09:00', '12:00'), on(2, '10:00', '11:00'), on(1, '11:55', '14:00')] })).toEqual([
      ['weekly.0.start', 'weekly.2', '11:55–14:00'],
      ['weekly.2.start', 'weekly.0', '09:00–12:00'],
    ]);
  });

  it('cannot serve two modes with the same hours', () => {
    expect(pairs({ weekly: [on(1, '09:00', '12:00'), on(1, '09:00', '12:00', { mode: 'in-person' })] })).toHaveLength(
      2,
    );
  });

  it('share no time on the same date, nor with the hours of that weekday', () => {
    const dates = [at('2026-12-07', '14:00', '16:00'), at('2026-12-07', '15:30', '18:00')];
    expect(pairs({ dates })).toEqual([
      ['dates.0.start', 'dates.1', '2026-12-07 15:30–18:00'],
      ['dates.1.start', 'dates.0', '2026-12-07 14:00–16:00'],
    ]);
    expect(pairs({ weekly: [on(1, '13:00', '15:00')], dates: [dates[0]!] })).toEqual([
      ['weekly.0.start', 'dates.0', '2026-12-07 14:00–16:00'],
      ['dates.0.start', 'weekly.0', '13:00–15:00'],
    ]);
  });

  it('may touch, and may be at the same time on different days', () => {
    const weekly = [on(1, '09:00', '12:00'), on(1, '12:00', '24:00'), on(2, '09:00', '12:00')];
    const dates = [
      at('2026-12-07', '00:00', '09:00'),
      at('2026-12-14', '08:00', '09:00'),
      at('2026-12-09', '09:00', '10:00'),
    ];
    expect(pairs({ weekly, dates })).toEqual([]);
  });

  it('are each named once, however many they are', () => {
    const weekly = Array.from({ length: 200 }, () => on(3, '09:00', '12:00'));
    expect(pairs({ weekly })).toHaveLength(200);
  });
});
