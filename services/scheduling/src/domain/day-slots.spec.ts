import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { Availability } from './availability.js';
import { type AvailabilityPlan, defaultPlan } from './availability-plan.js';
import { slotsOfDay } from './day-slots.js';
import { MINUTE_MS, minutesAfter } from './values.js';

const price = { amount: 60_000, currency: 'TND' };
const now = new Date('2026-11-23T00:00:00Z');
const inDays = (days: number) => minutesAfter(now, days * 1440);
const wall = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const hours = (start: number, end: number, slotMinutes: number) => ({
  start: wall(start),
  end: wall(end),
  slotMinutes,
  mode: 'video' as const,
  price,
});

/** As one could publish before rules that share time were refused: 200 rules of a week, 400 of dates, all day long. */
const hostile: AvailabilityPlan = {
  ...defaultPlan,
  minNoticeMinutes: 0,
  horizonDays: 365,
  weekly: Array.from({ length: 200 }, (_, n) => ({
    weekday: 1 + (n % 7),
    ...hours(5 * (n % 12), 1440, 5 + 5 * (n % 3)),
  })),
  dates: Array.from({ length: 400 }, (_, n) => ({
    date: inDays(Math.floor(n / 10))
      .toISOString()
      .slice(0, 10),
    ...hours(0, 1440, 5),
  })),
};

describe('slots of rules that share time', () => {
  it('are offered once, and the first rule has the time', () => {
    const weekly = [
      { weekday: 1, ...hours(9 * 60, 10 * 60, 30) },
      { weekday: 1, ...hours(9 * 60 + 10, 11 * 60, 20) },
    ];
    const cuts = slotsOfDay({ ...defaultPlan, timeZone: 'UTC', weekly }, Temporal.PlainDate.from('2026-11-23'));
    expect(cuts.map(({ at, hours: { slotMinutes } }) => [wall((at - now.getTime()) / MINUTE_MS), slotMinutes])).toEqual(
      [
        ['09:00', 30],
        ['09:30', 30],
        ['10:10', 20],
        ['10:30', 20],
      ],
    );
  });

  it('never overlap, whatever the plan and the time zone', () => {
    const rule = fc
      .record({
        start: fc.nat({ max: 280 }),
        length: fc.integer({ min: 1, max: 100 }),
        slot: fc.integer({ min: 1, max: 24 }),
      })
      .map(({ start, length, slot }) => hours(start * 5, Math.min(1440, (start + length) * 5), slot * 5));
    const zones = ['UTC', 'Africa/Tunis', 'Europe/Paris', 'America/Santiago', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
    const dates = ['2026-03-29', '2026-10-25', '2026-09-06', '2026-04-05', '2026-10-04', '2026-11-23'];
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 8 }),
        fc.constantFrom(...zones),
        fc.constantFrom(...dates),
        fc.nat({ max: 3 }),
        (rules, timeZone, date, buffer) => {
          const plan = {
            ...defaultPlan,
            timeZone,
            bufferMinutes: buffer * 5,
            dates: rules.map((one) => ({ date, ...one })),
          };
          const cuts = slotsOfDay(plan, Temporal.PlainDate.from(date));
          cuts.slice(1).forEach(({ at }, before) => {
            const earlier = cuts[before]!;
            expect(at).toBeGreaterThanOrEqual(earlier.at + earlier.hours.slotMinutes * MINUTE_MS);
          });
        },
      ),
    );
  });
});

describe('a plan that would have millions of slots', () => {
  it('works out no more days than are asked for, and of each what fits into it', () => {
    const availability = Availability.restore('d1', hostile);
    const days = jest.spyOn(availability as unknown as { cutsOn: () => unknown }, 'cutsOn');
    const slots = availability.slots(now, inDays(62), now);
    for (let n = 0; n < 300; n += 1) expect(slots.next().done).toBe(false);
    expect(days).toHaveBeenCalledTimes(2);
    const month = [...availability.slots(now, inDays(62), now)];
    expect(month.length).toBeLessThanOrEqual(63 * 288);
    expect(new Set(month.map(({ startsAt }) => startsAt.getTime())).size).toBe(month.length);
  });

  it('keeps few of the slots that it has worked out', () => {
    const availability = Availability.restore('d1', hostile);
    for (let days = 0; days < 300; days += 1) availability.slots(inDays(days), inDays(days + 1), now).next();
    const { byDay } = availability as unknown as { byDay: Map<string, unknown[]> };
    const kept = [...byDay.values()].reduce((sum, { length }) => sum + length, 0);
    expect(kept).toBeLessThanOrEqual(1_600);
    // Those that were asked for last.
    expect([...byDay.keys()].at(-1)).toBe(inDays(299).toISOString().slice(0, 10));
  });

  it('finds a slot of its own by working out one day', () => {
    const availability = Availability.restore('d1', hostile);
    const days = jest.spyOn(availability as unknown as { cutsOn: () => unknown }, 'cutsOn');
    expect(availability.offered('another', inDays(40), now)).toBeUndefined();
    expect(days).toHaveBeenCalledTimes(1);
  });
});
