import { describe, expect, it } from '@jest/globals';
import { dayOf } from './days.js';

describe('the day of an instant', () => {
  it.each([
    ['2026-11-30T22:59:59Z', 'Africa/Tunis', '2026-11-30'],
    ['2026-11-30T23:00:00Z', 'Africa/Tunis', '2026-12-01'],
    // Paris is two hours ahead of UTC in summer, one in winter.
    ['2026-07-01T22:30:00Z', 'Europe/Paris', '2026-07-02'],
    ['2026-12-01T22:30:00Z', 'Europe/Paris', '2026-12-01'],
    ['2026-01-01T04:00:00Z', 'America/New_York', '2025-12-31'],
  ])('%s in %s is %s', (instant, timeZone, day) => {
    expect(dayOf(new Date(instant), timeZone)).toBe(day);
  });

  it('is that of Tunis where a zone is unknown here', () => {
    expect(dayOf(new Date('2026-11-30T23:30:00Z'), 'Mars/Olympus')).toBe('2026-12-01');
  });
});
