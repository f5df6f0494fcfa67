import { describe, expect, it } from 'vitest';
import { wallTime } from './wall-time';

describe('a clock on the wall', () => {
  it.each([
    ['2026-12-04T23:30:00Z', 'Africa/Tunis', '2026-12-05 00:30:00'],
    ['2026-07-04T10:00:00Z', 'Europe/Paris', '2026-07-04 12:00:00'],
    ['2026-12-04T10:00:00Z', 'America/New_York', '2026-12-04 05:00:00'],
  ])('shows %s in %s as %s', (instant, zone, shown) => expect(wallTime(instant, zone)).toBe(shown));
});
