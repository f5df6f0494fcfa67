import { describe, expect, it } from '@jest/globals';
import { afterFailure, type Counter, type Threshold, thresholds } from './login-throttle.js';

const start = new Date('2026-11-23T09:00:00Z');
const at = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);

/** Seconds of each lock that somebody meets who guesses again as soon as they may. */
function locksOf(threshold: Threshold, guesses: number): number[] {
  let counter: Counter | undefined;
  let now = start;
  return Array.from({ length: guesses }, () => {
    counter = afterFailure(counter, threshold, now);
    const pause = Math.max(0, counter.lockedUntil.getTime() - now.getTime());
    now = new Date(now.getTime() + pause);
    return pause / 1000;
  });
}

describe('login throttle', () => {
  it('lets people mistype four times, then pauses twice as long after each failure, up to a quarter of an hour', () => {
    expect(locksOf(thresholds.pair, 12)).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it('never keeps an owner out for longer than a minute because of strangers elsewhere', () => {
    expect(Math.max(...locksOf(thresholds.account, 500))).toBe(60);
    expect(locksOf(thresholds.account, 30).slice(-2)).toEqual([0, 5]);
  });

  it('lets the people behind one address fail a hundred times within a quarter of an hour', () => {
    expect(locksOf(thresholds.address, 100).slice(-2)).toEqual([0, 30]);
  });

  it('forgets what was mistyped long ago', () => {
    let counter: Counter | undefined;
    for (let n = 0; n < 99; n += 1) counter = afterFailure(counter, thresholds.address, start);
    expect(afterFailure(counter, thresholds.address, at(899)).failures).toBe(100);
    expect(afterFailure(counter, thresholds.address, at(900))).toMatchObject({ failures: 1, lockedUntil: new Date(0) });
  });

  it('remembers a lock for as long after its end, so that waiting a little does not start afresh', () => {
    let counter: Counter | undefined;
    for (let n = 0; n < 5; n += 1) counter = afterFailure(counter, thresholds.pair, at(n));
    expect(counter!.lockedUntil).toEqual(at(34));
    expect(afterFailure(counter, thresholds.pair, at(34 + 3599)).failures).toBe(6);
    expect(afterFailure(counter, thresholds.pair, at(34 + 3600)).failures).toBe(1);
  });

  it('counts nothing while it is locked', () => {
    let counter: Counter | undefined;
    for (let n = 0; n < 5; n += 1) counter = afterFailure(counter, thresholds.pair, start);
    expect(afterFailure(counter, thresholds.pair, at(29))).toBe(counter);
  });
});
