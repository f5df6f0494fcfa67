import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buckets, daysAfter, lengthOf } from './calendar.js';
import { compose } from './statistics.js';

const period = fc
  .record({
    from: fc.integer({ min: 0, max: 9_000 }).map((days) => daysAfter('2019-12-25', days)),
    length: fc.integer({ min: 1, max: 500 }),
    bucket: fc.constantFrom(...buckets),
  })
  .map(({ from, length, bucket }) => ({ from, to: daysAfter(from, length - 1), bucket }));

/** Rows of days around the period, some of them outside of it and some twice. */
const rowsAround = <Row extends object>(from: string, row: fc.Arbitrary<Row>) =>
  fc.array(
    fc.record({ at: fc.integer({ min: -40, max: 540 }), row }).map(({ at, row: counts }) => ({
      day: daysAfter(from, at),
      ...counts,
    })),
    { maxLength: 60 },
  );

const count = fc.nat(1_000);
const millimes = fc.integer({ min: -10_000_000, max: 1_000_000_000 });
const known = period.chain((of) =>
  fc.record({
    of: fc.constant(of),
    scheduling: fc.record({
      timeZone: fc.constantFrom('Africa/Tunis', 'Europe/Paris'),
      days: rowsAround(of.from, fc.record({ consultations: count, noShows: count, cancelled: count })),
    }),
    billing: fc.record({
      currency: fc.constant('TND'),
      days: rowsAround(of.from, fc.record({ income: millimes, refunds: millimes, fees: millimes })),
    }),
    feedback: fc.record({ days: rowsAround(of.from, fc.record({ count, stars: count })) }),
  }),
);

describe('statistics', () => {
  it('lose no day, count none twice, and add up to their totals exactly', () => {
    fc.assert(
      fc.property(known, ({ of, scheduling, billing, feedback }) => {
        const told = compose(of, { scheduling, billing, feedback });
        const { series } = told;
        expect(series[0]!.from).toBe(of.from);
        expect(series.at(-1)!.to).toBe(of.to);
        series.slice(1).forEach((point, n) => expect(point.from).toBe(daysAfter(series[n]!.to, 1)));
        expect(series.reduce((days, point) => days + lengthOf(point.from, point.to), 0)).toBe(lengthOf(of.from, of.to));
        const within = ({ day }: { day: string }) => day >= of.from && day <= of.to;
        for (const name of ['consultations', 'noShows', 'cancelled'] as const) {
          const rows = scheduling.days.filter(within).reduce((sum, row) => sum + row[name], 0);
          expect(told[name]).toBe(rows);
          expect(series.reduce((sum, point) => sum + point[name]!, 0)).toBe(rows);
        }
        for (const name of ['income', 'refunds', 'fees'] as const) {
          const rows = billing.days.filter(within).reduce((sum, row) => sum + row[name], 0);
          expect(told[name]).toEqual({ amount: rows, currency: 'TND' });
          expect(series.reduce((sum, point) => sum + point[name]!.amount, 0)).toBe(rows);
        }
        expect(series.reduce((sum, point) => sum + point.rating!.count, 0)).toBe(told.rating!.count);
        for (const { from, to, consultations } of series) {
          const rows = scheduling.days.filter(({ day }) => day >= from && day <= to);
          expect(consultations).toBe(rows.reduce((sum, row) => sum + row.consultations, 0));
        }
      }),
    );
  });

  it('average the stars themselves, not the averages of days', () => {
    const feedback = {
      days: [
        { day: '2026-11-02', count: 1, stars: 1 },
        { day: '2026-11-03', count: 2, stars: 10 },
      ],
    };
    const figures = { scheduling: null, billing: null, feedback };
    const { rating, series } = compose({ from: '2026-11-01', to: '2026-11-03', bucket: 'day' }, figures);
    expect(rating).toEqual({ average: 3.67, count: 3 });
    expect(series.map((point) => point.rating)).toEqual([
      { average: null, count: 0 },
      { average: 1, count: 1 },
      { average: 5, count: 2 },
    ]);
  });

  it('say null, not nought, of what no service told', () => {
    const nothing = { scheduling: null, billing: null, feedback: null };
    const told = compose({ from: '2026-11-01', to: '2026-11-02', bucket: 'week' }, nothing);
    const unknown = { consultations: null, noShows: null, cancelled: null, income: null, refunds: null, fees: null };
    expect(told).toMatchObject({ timeZone: null, ...unknown, rating: null });
    expect(told.series).toEqual([
      { from: '2026-11-01', to: '2026-11-01', ...unknown, rating: null },
      { from: '2026-11-02', to: '2026-11-02', ...unknown, rating: null },
    ]);
  });
});
