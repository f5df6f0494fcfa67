import { describe, expect, it } from '@jest/globals';
import { pauseAfter, thresholds } from './login-throttle.js';

describe('login throttle', () => {
  const pair = thresholds.find(({ name }) => name === 'pair')!;

  it('lets people mistype four times, then pauses twice as long after each failure, up to a quarter of an hour', () => {
    const pauses = [1, 4, 5, 6, 7, 20].map((failures) => pauseAfter(failures, pair) / 1000);
    expect(pauses).toEqual([0, 0, 30, 60, 120, 900]);
  });

  it('never keeps an owner out for longer than a minute because of strangers', () => {
    const account = thresholds.find(({ name }) => name === 'account')!;
    expect(pauseAfter(10_000, account)).toBe(60_000);
  });
});
