import { describe, expect, it } from 'vitest';
import { isInside, isSamePresence, leftOutside, type Presence } from './outside';

/** A Friday; Tunis is an hour ahead. */
const visit = (from: string, to: string) => ({ startsAt: `2026-12-04T${from}:00Z`, endsAt: `2026-12-04T${to}:00Z` });
const plan: Presence = {
  timeZone: 'Africa/Tunis',
  weekly: [
    { weekday: 5, start: '09:00', end: '10:30' },
    { weekday: 5, start: '10:30', end: '12:00' },
  ],
  seasons: [],
  dates: [],
  exceptions: [],
};

describe('a visit', () => {
  it('is inside where hours offer all of it, be they several, in the plan’s time zone', () => {
    expect(isInside(plan, visit('08:00', '08:30'))).toBe(true);
    expect(isInside(plan, visit('09:15', '09:45'))).toBe(true);
    expect(isInside(plan, visit('10:45', '11:15'))).toBe(false);
    expect(isInside({ ...plan, timeZone: 'Europe/Lisbon' }, visit('08:00', '08:30'))).toBe(false);
  });

  it('is inside on a single date, up to midnight too', () => {
    const dates = [{ date: '2026-12-04', start: '22:00', end: '24:00' }];
    expect(isInside({ ...plan, dates }, visit('22:30', '23:00'))).toBe(true);
    expect(isInside({ ...plan, dates: [{ ...dates[0]!, date: '2026-12-11' }] }, visit('22:30', '23:00'))).toBe(false);
  });

  it('is judged by the week of its season, on its first and last day too', () => {
    const season = { from: '2026-12-04', to: '2026-12-04', weekly: [{ weekday: 5, start: '18:00', end: '20:00' }] };
    const early = visit('08:00', '08:30');
    expect(isInside({ ...plan, seasons: [season] }, visit('17:00', '17:30'))).toBe(true);
    expect(leftOutside(plan, { ...plan, seasons: [season] }, [early])).toEqual([early]);
    expect(leftOutside(plan, { ...plan, seasons: [{ ...season, weekly: [] }] }, [early])).toEqual([early]);
    expect(
      leftOutside(plan, { ...plan, seasons: [{ ...season, from: '2026-12-05', to: '2026-12-09' }] }, [early]),
    ).toEqual([]);
    expect(isSamePresence(plan, { ...plan, seasons: [season] })).toBe(false);
  });

  it('is outside in an absence', () => {
    expect(isInside({ ...plan, exceptions: [{ date: '2026-12-04' }] }, visit('08:00', '08:30'))).toBe(false);
    const afternoon = [{ date: '2026-12-04', start: '12:00', end: '24:00' }];
    expect(isInside({ ...plan, exceptions: afternoon }, visit('08:00', '08:30'))).toBe(true);
  });

  it('is told of when a change leaves it outside, not when it was there before', () => {
    const [early, late, evening] = [visit('08:00', '08:30'), visit('10:00', '10:30'), visit('18:00', '18:30')];
    const shorter = { ...plan, weekly: [plan.weekly[0]!] };
    expect(leftOutside(plan, shorter, [early, late, evening])).toEqual([late]);
    expect(leftOutside(shorter, plan, [early, late, evening])).toEqual([]);
  });

  it('is outside while the hours of its day are not all typed', () => {
    expect(
      isInside({ ...plan, weekly: [{ weekday: 5, start: '09:00', end: undefined }] }, visit('08:00', '08:30')),
    ).toBe(false);
  });
});
