import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { Availability } from './availability.js';
import { type AvailabilityPlan, defaultPlan } from './availability-plan.js';
import type { InvalidAvailability } from './errors.js';
import type { Mode } from './values.js';

const price = { amount: 60_000, currency: 'TND' };
const hours = (start: string, end: string, mode: Mode = 'video') => ({ start, end, slotMinutes: 60, mode, price });
const everyDay = (start: string, end: string, mode?: Mode) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...hours(start, end, mode) }));
const ramadan = { name: 'Ramadan', from: '2027-02-08', to: '2027-03-08', weekly: everyDay('10:00', '12:00') };
/** Tunis is an hour ahead of UTC. */
const plan = (over: Partial<AvailabilityPlan> = {}): AvailabilityPlan => ({
  ...defaultPlan,
  minNoticeMinutes: 0,
  horizonDays: 365,
  weekly: everyDay('09:00', '10:00'),
  seasons: [ramadan],
  ...over,
});
const now = new Date('2026-12-01T00:00:00Z');

/** Wall times of the slots of a day in Tunis. */
function startsOn(date: string, over: Partial<AvailabilityPlan> = {}): string[] {
  const from = Temporal.PlainDate.from(date).toZonedDateTime('Africa/Tunis');
  const [start, end] = [from, from.add({ days: 1 })].map(({ epochMilliseconds }) => new Date(epochMilliseconds));
  return [...Availability.publish('d1', plan(over)).slots(start!, end!, now)].map(({ startsAt }) =>
    new Date(startsAt.getTime() + 3_600_000).toISOString().slice(11, 16),
  );
}

function faultsOf(seasons: readonly unknown[], over: Partial<AvailabilityPlan> = {}) {
  try {
    Availability.publish('d1', plan({ seasons: seasons as AvailabilityPlan['seasons'], ...over }));
    return [];
  } catch (error) {
    return (error as InvalidAvailability).faults.map(({ field, code, parameters }) =>
      parameters?.other === undefined ? [field, code] : [field, code, parameters.other],
    );
  }
}

describe('a season', () => {
  it('puts its week in place of the usual one, on its first and on its last day too', () => {
    expect(startsOn('2027-02-07')).toEqual(['09:00']);
    expect(startsOn('2027-02-08')).toEqual(['10:00', '11:00']);
    expect(startsOn('2027-03-08')).toEqual(['10:00', '11:00']);
    expect(startsOn('2027-03-09')).toEqual(['09:00']);
  });

  it('without hours is closed, and alone says when the doctor is there', () => {
    const closed = { ...ramadan, weekly: [] };
    expect(startsOn('2027-02-10', { seasons: [closed] })).toEqual([]);
    expect(startsOn('2027-02-10', { weekly: [] })).toEqual(['10:00', '11:00']);
  });

  it('leaves single dates and absences as they are, on top of its week', () => {
    const dates = [{ date: '2027-02-10', ...hours('20:00', '22:00') }];
    expect(startsOn('2027-02-10', { dates })).toEqual(['10:00', '11:00', '20:00', '21:00']);
    expect(startsOn('2027-02-10', { exceptions: [{ date: '2027-02-10' }] })).toEqual([]);
    expect(startsOn('2027-02-10', { exceptions: [{ date: '2027-02-10', start: '09:00', end: '11:00' }] })).toEqual([
      '11:00',
    ]);
  });

  it('begins with the local day, whatever the day is in UTC', () => {
    const plans = Availability.publish(
      'd1',
      plan({ weekly: [], seasons: [{ ...ramadan, weekly: everyDay('00:00', '01:00') }] }),
    );
    const [first] = plans.slots(new Date('2027-02-01T00:00:00Z'), new Date('2027-03-01T00:00:00Z'), now);
    expect(first!.startsAt.toISOString()).toBe('2027-02-07T23:00:00.000Z');
  });

  it('has prices that can be charged, whatever was stored', () => {
    const weekly = everyDay('10:00', '12:00').map((rule) => ({ ...rule, price: { ...price, amount: 12_345 } }));
    const restored = Availability.restore('d1', plan({ seasons: [{ ...ramadan, weekly }] }));
    expect(restored.plan.seasons[0]!.weekly[0]!.price.amount).toBe(12_350);
  });

  it('counts for the directory’s modes while it stands, and the usual week while that does', () => {
    const at = (date: string, days: number) =>
      Availability.publish(
        'd1',
        plan({ seasons: [{ ...ramadan, weekly: everyDay('10:00', '12:00', 'in-person') }] }),
      ).modes(new Date(`${date}T12:00:00Z`), days);
    expect(at('2026-12-01', 60)).toEqual(['video']);
    expect(at('2027-01-20', 60)).toEqual(['in-person', 'video']);
    expect(at('2027-02-08', 29)).toEqual(['in-person']);
    expect(at('2027-03-09', 60)).toEqual(['video']);
  });
});

describe('the dates of a season', () => {
  it('are in order', () => {
    expect(faultsOf([{ ...ramadan, to: '2027-02-07' }])).toEqual([['seasons.0.to', 'from-after-to']]);
    expect(faultsOf([{ ...ramadan, to: ramadan.from }])).toEqual([]);
  });

  it('are a year at most', () => {
    expect(faultsOf([{ ...ramadan, from: '2027-01-01', to: '2027-12-31' }])).toEqual([]);
    expect(faultsOf([{ ...ramadan, from: '2027-01-01', to: '2028-01-01' }])).toEqual([
      ['seasons.0.to', 'longer-than-a-year'],
    ]);
  });

  it('are shared with no other, which both of the pair name', () => {
    const summer = { ...ramadan, name: 'Été', from: '2027-07-01', to: '2027-08-31' };
    expect(faultsOf([ramadan, summer, { ...ramadan, from: '2027-03-09', to: '2027-03-09' }])).toEqual([]);
    expect(faultsOf([ramadan, summer, { ...ramadan, from: '2027-03-08', to: '2027-03-20' }])).toEqual([
      ['seasons.0.from', 'seasons-overlap', 'seasons.2'],
      ['seasons.2.from', 'seasons-overlap', 'seasons.0'],
    ]);
  });
});

describe('the hours of a season', () => {
  const at = (weekday: number, start: string, end: string) => ({ weekday, ...hours(start, end) });

  it('keep the rules of all hours, at their place', () => {
    const weekly = [at(1, '10:00', '09:00'), at(2, '10:02', '12:00'), { ...at(3, '10:00', '10:30') }];
    expect(faultsOf([ramadan, { ...ramadan, from: '2028-01-28', to: '2028-02-25', weekly }])).toEqual([
      ['seasons.1.weekly.0.end', 'end-before-start'],
      ['seasons.1.weekly.1.start', 'not-a-multiple'],
      ['seasons.1.weekly.2.slotMinutes', 'longer-than-hours'],
    ]);
  });

  it('share no time with one another, and may with those of other weeks', () => {
    const weekly = [at(1, '09:00', '11:00'), at(1, '10:00', '12:00')];
    expect(faultsOf([{ ...ramadan, weekly }])).toEqual([
      ['seasons.0.weekly.0.start', 'overlaps', 'seasons.0.weekly.1'],
      ['seasons.0.weekly.1.start', 'overlaps', 'seasons.0.weekly.0'],
    ]);
    expect(faultsOf([{ ...ramadan, weekly: everyDay('09:00', '10:00') }])).toEqual([]);
  });

  it('share no time with a single date of the season, which the usual week may', () => {
    // A Wednesday of Ramadan.
    const dates = [{ date: '2027-02-10', ...hours('09:00', '11:00') }];
    expect(faultsOf([ramadan], { dates })).toEqual([
      ['seasons.0.weekly.2.start', 'overlaps', 'dates.0'],
      ['dates.0.start', 'overlaps', 'seasons.0.weekly.2'],
    ]);
    expect(faultsOf([ramadan], { dates: [{ ...dates[0]!, end: '10:00' }] })).toEqual([]);
    expect(faultsOf([], { dates })).toEqual([
      ['weekly.2.start', 'overlaps', 'dates.0'],
      ['dates.0.start', 'overlaps', 'weekly.2'],
    ]);
  });
});
