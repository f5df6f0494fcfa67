import { expectedWait } from './waiting.js';

const startsAt = new Date('2026-11-30T09:00:00Z');
const at = (minutes: number) => new Date(startsAt.getTime() + minutes * 60_000);

describe('how long one may have to wait', () => {
  it('is not said of a doctor of whom little is known', () => {
    expect(expectedWait([1, 2, 3, 4], startsAt, startsAt)).toBeUndefined();
  });

  it('is a range of five minutes at least, rounded outwards', () => {
    expect(expectedWait([3, 3, 3, 3, 3], startsAt, startsAt)).toEqual({ fromMinutes: 0, toMinutes: 5 });
    expect(expectedWait([2, 6, 8, 12, 18, 40], startsAt, startsAt)).toEqual({ fromMinutes: 5, toMinutes: 20 });
  });

  it('counts what is left until the visit begins, and what has passed since', () => {
    const delays = [5, 5, 5, 5, 5];
    expect(expectedWait(delays, startsAt, at(-10))).toEqual({ fromMinutes: 15, toMinutes: 20 });
    expect(expectedWait(delays, startsAt, at(30))).toEqual({ fromMinutes: 0, toMinutes: 5 });
  });

  it('takes a doctor who is early for one who is in time', () => {
    expect(expectedWait([-10, -10, -10, -10, -10], startsAt, startsAt)).toEqual({ fromMinutes: 0, toMinutes: 5 });
  });
});
