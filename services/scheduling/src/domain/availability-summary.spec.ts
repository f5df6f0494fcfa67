import { describe, expect, it } from '@jest/globals';
import { dueAfter, dueAfterChange, retryAfter } from './availability-summary.js';
import { DAY_MS, HOUR_MS } from './values.js';

const now = new Date('2026-11-23T08:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const showing = (nextAvailableAt: Date | null) => ({ nextAvailableAt, days: [], modes: [] });

describe('a summary', () => {
  it('is due again when its next slot has passed', () => {
    expect(dueAfter(showing(later(HOUR_MS)), now, 0)).toEqual(later(HOUR_MS));
  });

  it('is due again after three to six hours at the latest, not all at the same time', () => {
    for (const nextAvailableAt of [null, later(DAY_MS)]) {
      expect(dueAfter(showing(nextAvailableAt), now, 0)).toEqual(later(6 * HOUR_MS));
      expect(dueAfter(showing(nextAvailableAt), now, 0.5)).toEqual(later(4.5 * HOUR_MS));
    }
  });

  it('goes before what time alone has made old, where somebody booked or changed something', () => {
    expect(dueAfterChange(now).getTime()).toBeLessThan(now.getTime());
  });

  it('that cannot be made is tried again after ever longer pauses, an hour at most', () => {
    const pauses = [1, 2, 3, 40].map((attempts) => retryAfter(attempts, now).getTime() - now.getTime());
    expect(pauses).toEqual([5_000, 10_000, 20_000, HOUR_MS]);
  });
});
