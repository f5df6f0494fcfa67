import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Availability } from './availability.js';
import { type AvailabilityPlan, defaultPlan } from './availability-plan.js';
import { InvalidAvailability } from './errors.js';
import { readSlotId, slotId } from './slot.js';
import { ticksBetween } from './ticks.js';
import { minutesAfter } from './values.js';

const price = { amount: 60_000, currency: 'TND' };
const hours = { start: '09:00', end: '12:00', slotMinutes: 30, mode: 'video' as const, price };
const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...hours }));
const plan = (over: Partial<AvailabilityPlan> = {}): AvailabilityPlan => ({
  ...defaultPlan,
  minNoticeMinutes: 0,
  weekly: everyDay,
  ...over,
});
/** A Monday. */
const now = new Date('2026-11-23T00:00:00Z');
const day = (date: string): [Date, Date] => [
  new Date(`${date}T00:00:00Z`),
  minutesAfter(new Date(`${date}T00:00:00Z`), 1440),
];
const startsOn = (date: string, over: Partial<AvailabilityPlan> = {}, at = now): string[] =>
  [...Availability.publish('d1', plan(over)).slots(...day(date), at)].map(({ startsAt }) =>
    startsAt.toISOString().slice(11, 16),
  );

describe('availability', () => {
  it('cuts the doctor’s wall time into slots', () => {
    expect(startsOn('2026-11-24')).toEqual(['08:00', '08:30', '09:00', '09:30', '10:00', '10:30']);
  });

  it('keeps the break between two slots', () => {
    expect(startsOn('2026-11-24', { bufferMinutes: 15 })).toEqual(['08:00', '08:45', '09:30', '10:15']);
  });

  it('adds single dates to the week, and takes absences out, whole or in part', () => {
    const dates = [{ date: '2026-11-24', ...hours, start: '14:00', end: '15:00' }];
    expect(startsOn('2026-11-24', { weekly: [], dates })).toEqual(['13:00', '13:30']);
    expect(startsOn('2026-11-24', { exceptions: [{ date: '2026-11-24' }] })).toEqual([]);
    expect(startsOn('2026-11-24', { exceptions: [{ date: '2026-11-24', start: '09:15', end: '10:30' }] })).toEqual([
      '09:30',
      '10:00',
      '10:30',
    ]);
  });

  it('offers nothing within the notice and nothing beyond the horizon', () => {
    const at = new Date('2026-11-24T08:10:00Z');
    expect(startsOn('2026-11-24', { minNoticeMinutes: 60 }, at)).toEqual(['09:30', '10:00', '10:30']);
    expect(startsOn('2026-12-24', { horizonDays: 30 }, now)).toEqual([]);
  });

  it('follows daylight saving: a lost hour gives fewer slots, a doubled one more, and none overlap', () => {
    const night = {
      timeZone: 'Europe/Paris',
      weekly: everyDay.map((rule) => ({ ...rule, start: '01:00', end: '04:00' })),
    };
    const nights = (date: string, from: string) => {
      const at = new Date(from);
      return [...Availability.publish('d1', plan(night)).slots(at, minutesAfter(at, 1440), at)].filter(({ startsAt }) =>
        startsAt.toISOString().startsWith(date),
      );
    };
    expect(nights('2026-03-29', '2026-03-28T22:00:00Z')).toHaveLength(4);
    const doubled =
      nights('2026-10-25', '2026-10-24T22:00:00Z').length + nights('2026-10-24', '2026-10-24T22:00:00Z').length;
    expect(doubled).toBe(8);
  });

  it('lets 24:00 end the day', () => {
    expect(startsOn('2026-11-24', { weekly: [{ weekday: 2, ...hours, start: '23:00', end: '24:00' }] })).toEqual([
      '22:00',
      '22:30',
    ]);
  });

  it.each<[string, Partial<AvailabilityPlan>, string, string]>([
    [
      'an end before the start',
      { weekly: [{ weekday: 1, ...hours, end: '08:00' }] },
      'weekly.0.end',
      'end-before-start',
    ],
    [
      'slots longer than the hours',
      { dates: [{ date: '2026-12-01', ...hours, slotMinutes: 240 }] },
      'dates.0.slotMinutes',
      'longer-than-hours',
    ],
    ['times off the tick', { weekly: [{ weekday: 1, ...hours, start: '09:02' }] }, 'weekly.0.start', 'not-a-multiple'],
    ['half an absence', { exceptions: [{ date: '2026-12-01', start: '09:00' }] }, 'exceptions.0.end', 'required'],
  ])('refuses %s and names the rule', (_, over, field, code) => {
    const publish = () => Availability.publish('d1', plan(over));
    expect(publish).toThrow(InvalidAvailability);
    try {
      publish();
    } catch (error) {
      expect((error as InvalidAvailability).faults).toContainEqual(expect.objectContaining({ field, code }));
    }
  });

  it('knows its own slots by their ids, and no slot whose price has changed', () => {
    const availability = Availability.publish('d1', plan());
    const [slot] = availability.slots(...day('2026-11-24'), now);
    const id = slotId(slot!);
    expect(readSlotId(id)).toMatchObject({ doctorId: 'd1', startsAt: slot!.startsAt, endsAt: slot!.endsAt });
    expect(availability.offered(id, slot!.startsAt, now)).toEqual(slot);
    const dearer = Availability.publish(
      'd1',
      plan({ weekly: everyDay.map((rule) => ({ ...rule, price: { ...price, amount: 70_000 } })) }),
    );
    expect(dearer.offered(id, slot!.startsAt, now)).toBeUndefined();
  });
});

describe('ticks', () => {
  it('two stretches of whole ticks overlap exactly when they share one', () => {
    const stretch = fc.record({ start: fc.integer({ min: 0, max: 500 }), length: fc.integer({ min: 1, max: 60 }) });
    const instants = ({ start, length }: { start: number; length: number }): [Date, Date] => [
      minutesAfter(now, start * 5),
      minutesAfter(now, (start + length) * 5),
    ];
    fc.assert(
      fc.property(stretch, stretch, (a, b) => {
        const overlap = a.start < b.start + b.length && b.start < a.start + a.length;
        const ticks = new Set(ticksBetween(...instants(a)));
        expect(ticksBetween(...instants(b)).some((tick) => ticks.has(tick))).toBe(overlap);
      }),
    );
  });
});
