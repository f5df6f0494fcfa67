import { describe, expect, it } from 'vitest';
import type { Vitals } from './calls';
import { domainOf, measuredText, rowsOf, seriesOf } from './vitals';

const pressure = (items: Vitals['items']): Vitals => ({
  measure: 'blood-pressure',
  unit: 'mm[Hg]',
  reference: { systolic: { from: 90, to: 140 }, diastolic: { from: 60, to: 90 } },
  items,
});
const weight = (...values: number[]): Vitals => ({
  measure: 'weight',
  unit: 'kg',
  reference: {},
  items: values.map((value, at) => ({ entryId: `e${at}`, at: `2026-03-0${at + 1}T09:00:00Z`, value })),
});

describe('charts of measurements', () => {
  it('have two lines for blood pressure and one for the others', () => {
    expect(seriesOf('blood-pressure')).toEqual(['systolic', 'diastolic']);
    expect(seriesOf('weight')).toEqual(['value']);
  });

  it('name the day, and the time as well where a day has several', () => {
    const at = ['2026-03-02T08:00:00Z', '2026-03-02T19:30:00Z', '2026-03-05T08:00:00Z'];
    const items = at.map((one, index) => ({ entryId: `e${index}`, at: one, systolic: 130, diastolic: 80 }));
    const rows = rowsOf(pressure(items), 'en', 'Africa/Tunis');
    expect(rows.map(({ label }) => label)).toEqual(['2 Mar 26, 09:00', '2 Mar 26, 20:30', '5 Mar 26']);
    expect(rows[0]).toMatchObject({ key: 'e0', systolic: 130, diastolic: 80, value: null });
  });

  it('show what was measured and what is usual, with room around both', () => {
    const [low, high] = domainOf(
      pressure([{ entryId: 'e', at: '2026-03-02T08:00:00Z', systolic: 185, diastolic: 95 }]),
    );
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThan(60);
    expect(high).toBeGreaterThan(185);
  });

  it('lie between round numbers', () => {
    expect(domainOf(weight(81.5, 80.2, 79))).toEqual([78, 82]);
    expect(domainOf(weight(70, 71, 90))).toEqual([60, 100]);
  });

  it('have a height where everything measured is the same', () => {
    const [low, high] = domainOf(weight(70, 70));
    expect(low).toBeLessThan(70);
    expect(high).toBeGreaterThan(70);
  });
});

describe('a measurement in words', () => {
  it('has its unit as people write it, from left to right', () => {
    expect(measuredText({ systolic: 120, diastolic: 80 }, 'mm[Hg]', 'fr')).toBe('\u2066120/80 mmHg\u2069');
    expect(measuredText({ value: 37.5 }, 'Cel', 'fr')).toBe('\u206637,5 °C\u2069');
    expect(measuredText({ value: 37.5 }, 'Cel', 'en')).toBe('\u206637.5 °C\u2069');
  });
});
