import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS } from '../../domain/values.js';
import { growingWindows, type Reading, readInWindows, type Window } from './growing-windows.js';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const daysFromNow = (days: number): Date => new Date(NOW + days * DAY_MS);
const likely = { now: daysFromNow(0), latest: daysFromNow(366) };

/** Visits in a database that counts what it must look at: all that lie within a window. */
class Visits {
  looks = 0;
  examined = 0;

  constructor(private readonly starts: readonly Date[]) {}

  readonly read = async ({ from, to }: Window, count: number, order: 'asc' | 'desc'): Promise<Date[]> => {
    const within = this.starts.filter((at) => (!from || at >= from) && (!to || at < to));
    this.looks += 1;
    this.examined += within.length;
    return within.sort((a, b) => (order === 'asc' ? 1 : -1) * (a.getTime() - b.getTime())).slice(0, count);
  };

  page(reading: Omit<Reading, keyof typeof likely>) {
    return readInWindows(
      { ...reading, ...likely },
      (window, count) => this.read(window, count, reading.order),
      (at) => at,
    );
  }
}

/** Evenly over the last thousand days. */
const visits = (size: number): Visits =>
  new Visits(Array.from({ length: size }, (_, n) => daysFromNow(-1_000 + (n * 1_000) / size)));

const first = { count: 21, earliest: daysFromNow(-1_001), reach: undefined };
const kinds: Record<string, Omit<Reading, keyof typeof likely>> = {
  'past ones, the last first': { ...first, order: 'desc', to: daysFromNow(0) },
  'all of them, the last first': { ...first, order: 'desc' },
  'all of them, the first first': { ...first, order: 'asc' },
  'those of a year, the first first': { ...first, order: 'asc', from: daysFromNow(-400), to: daysFromNow(-35) },
};

describe.each(Object.entries(kinds))('a page of %s', (_, reading) => {
  it('examines few of 50,000, in few looks, and as little the second time with one look', async () => {
    const many = visits(50_000);
    const { reach } = await many.page(reading);
    expect(many.looks).toBeLessThanOrEqual(6);
    expect(many.examined).toBeLessThan(1_500);
    const again = visits(50_000);
    expect((await again.page({ ...reading, reach })).found).toHaveLength(21);
    expect([again.looks, again.examined < 50]).toEqual([1, true]);
  });

  it('reads whoever has few with one look from the second time on', async () => {
    const few = visits(15);
    const { reach, found } = await few.page(reading);
    expect(few.looks).toBeLessThanOrEqual(7);
    const again = visits(15);
    expect((await again.page({ ...reading, reach })).found).toEqual(found);
    expect(again.looks).toBe(1);
  });
});

it('is the same as without windows, whatever was likely', async () => {
  const day = fc.integer({ min: -3_000, max: 500 }).map(daysFromNow);
  const maybe = fc.option(day, { nil: undefined });
  await fc.assert(
    fc.asyncProperty(
      fc.array(day, { maxLength: 60 }),
      fc.record({
        from: maybe,
        to: maybe,
        earliest: maybe,
        order: fc.constantFrom('asc', 'desc'),
        count: fc.nat({ max: 30 }),
      }),
      fc.option(
        fc.oneof(
          fc.integer({ min: -4_000, max: 4_000 }).map((days) => days * DAY_MS),
          fc.constant(Infinity),
        ),
        {
          nil: undefined,
        },
      ),
      async (starts, { from, to, count, ...rest }, reach) => {
        const bounds = { ...(from && { from }), ...(to && { to }) };
        const all = new Visits(starts);
        const { found } = await all.page({ ...rest, ...bounds, count: count + 1, reach });
        expect(found).toEqual(await new Visits(starts).read(bounds, count + 1, rest.order));
      },
    ),
  );
});

it('leaves no gap between windows and ends with an open one', () => {
  const windows = [
    ...growingWindows({ order: 'desc', to: daysFromNow(0), earliest: undefined, ...likely, reach: undefined }),
  ];
  expect(windows[0]).toEqual({ from: daysFromNow(-4), to: daysFromNow(0) });
  windows.slice(1).forEach(({ to }, at) => expect(to).toEqual(windows[at]!.from));
  expect(windows.at(-1)!.from).toBeUndefined();
});
