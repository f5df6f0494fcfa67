import { describe, expect, it } from 'vitest';
import { bloodGroupChoices } from './codes';
import {
  addDays,
  dayKey,
  formatDays,
  formatMoney,
  formatShortDayTime,
  groupByDay,
  mondayOf,
  parseAmount,
  shareOf,
} from './format';

describe('a blood group', () => {
  it('keeps its sign behind it among Arabic words', () => {
    const [, first] = bloodGroupChoices;
    expect(first).toEqual({ value: 'A+', label: '\u2066A+\u2069' });
  });
});

describe('format', () => {
  it('shows money in major units with the decimals of its currency', () => {
    expect(formatMoney({ amount: 60000, currency: 'TND' }, 'fr').replace(/\s/g, ' ')).toBe('60 TND');
    expect(formatMoney({ amount: 60500, currency: 'TND' }, 'fr').replace(/\s/g, ' ')).toBe('60,500 TND');
    expect(formatMoney({ amount: 6050, currency: 'EUR' }, 'en').replace(/\s/g, ' ')).toBe('EUR 60.50');
  });

  it('reads an amount as people type it', () => {
    expect(parseAmount('60', 'TND')).toBe(60000);
    expect(parseAmount(' 60,5 ', 'TND')).toBe(60500);
    expect(parseAmount('60.505', 'EUR')).toBeUndefined();
    expect(parseAmount('soixante', 'TND')).toBeUndefined();
  });

  it('shares money as it can be moved', () => {
    expect(shareOf({ amount: 60_000, currency: 'TND' }, 50)).toBe(30_000);
    expect(shareOf({ amount: 60_550, currency: 'TND' }, 33)).toBe(19_980);
    expect(shareOf({ amount: 6_055, currency: 'EUR' }, 33)).toBe(1_998);
    expect(shareOf({ amount: 60_550, currency: 'TND' }, 100)).toBe(60_550);
  });

  it('says when something is soon without its year', () => {
    const said = formatShortDayTime('2026-12-01T08:00:00Z', 'fr', 'Africa/Tunis');
    expect(said.replace(/\s/g, ' ')).toBe('mar. 1 déc., 09:00');
  });

  it('groups slots by the day of the viewer, not of the server', () => {
    const slots = [{ startsAt: '2026-11-30T22:30:00Z' }, { startsAt: '2026-11-30T23:30:00Z' }];
    expect(groupByDay(slots, 'UTC')).toHaveLength(1);
    expect(groupByDay(slots, 'Africa/Tunis').map(([day]) => day)).toEqual(['2026-11-30', '2026-12-01']);
  });

  it('steps through days over the end of a month and finds the Monday', () => {
    expect(addDays('2026-11-30', 1)).toBe('2026-12-01');
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(dayKey('2026-03-29T00:30:00Z', 'Europe/Paris')).toBe('2026-03-29');
  });

  it('writes a stretch of days without saying its year twice, and one day once', () => {
    const words = (...days: [string, string, string]) => formatDays(...days).replaceAll(/\s/g, ' ');
    expect(words('2027-02-08', '2027-03-08', 'fr')).toBe('8 févr. – 8 mars 2027');
    expect(words('2027-12-20', '2028-01-02', 'en')).toBe('20 Dec 2027 – 2 Jan 2028');
    expect(words('2027-07-01', '2027-07-01', 'fr')).toBe('1 juil. 2027');
  });
});
