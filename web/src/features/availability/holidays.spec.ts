import { describe, expect, it } from 'vitest';
import { holidaysFrom } from './holidays';

describe('public holidays', () => {
  it('are those of the year to come in Tunisia, by the sun and by the moon', () => {
    const holidays = holidaysFrom('2026-12-01', 'Africa/Tunis');
    expect(holidays[0]).toEqual({ date: '2026-12-17', name: 'revolution' });
    expect(holidays).toContainEqual({ date: '2027-03-20', name: 'independence' });
    const fitr = holidays.filter(({ name }) => name === 'fitr').map(({ date }) => date);
    expect(fitr).toEqual(['2027-03-09', '2027-03-10', '2027-03-11']);
    expect(new Set(holidays.map(({ name }) => name)).size).toBe(12);
  });

  it('are not made up for other countries', () => {
    expect(holidaysFrom('2026-12-01', 'Europe/Paris')).toEqual([]);
  });
});
