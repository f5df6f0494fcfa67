import { describe, expect, it } from 'vitest';
import { suggestionsFrom } from './suggestions';

const daysOf = (name: string, today: string, taken: { from: string; to: string }[] = [], zone = 'Africa/Tunis') =>
  suggestionsFrom(today, zone, taken).find((suggestion) => suggestion.name === name)!.days;

describe('suggested seasons', () => {
  // Ramadan of the Hijri years 1447, 1448 and 1449, as the calendar of Umm al-Qura has it.
  it('know Ramadan, all of it while it lasts, then that of the year after', () => {
    expect(daysOf('ramadan', '2025-12-01')).toEqual({ from: '2026-02-18', to: '2026-03-19' });
    expect(daysOf('ramadan', '2026-12-01')).toEqual({ from: '2027-02-08', to: '2027-03-08' });
    expect(daysOf('ramadan', '2027-02-08')).toEqual({ from: '2027-02-08', to: '2027-03-08' });
    expect(daysOf('ramadan', '2027-03-08')).toEqual({ from: '2027-02-08', to: '2027-03-08' });
    expect(daysOf('ramadan', '2027-03-09')).toEqual({ from: '2028-01-28', to: '2028-02-25' });
  });

  it('know July and August in Tunisia, and no other country’s summer', () => {
    expect(daysOf('summer', '2026-12-01')).toEqual({ from: '2027-07-01', to: '2027-08-31' });
    expect(daysOf('summer', '2027-08-31')).toEqual({ from: '2027-07-01', to: '2027-08-31' });
    expect(daysOf('summer', '2027-09-01')).toEqual({ from: '2028-07-01', to: '2028-08-31' });
    expect(daysOf('summer', '2026-12-01', [], 'Europe/Paris')).toBeUndefined();
  });

  it('leave out what a season has already', () => {
    const taken = [
      { from: '2027-03-01', to: '2027-03-31' },
      { from: '2027-08-31', to: '2027-09-15' },
    ];
    expect(daysOf('ramadan', '2026-12-01', taken)?.from).toBe('2028-01-28');
    expect(daysOf('summer', '2026-12-01', taken)?.from).toBe('2028-07-01');
  });
});
