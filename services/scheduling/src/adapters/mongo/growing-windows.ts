import { DAY_MS, MINUTE_MS } from '../../domain/values.js';

/** Stretch of time from (included) to (excluded); either side may be open. */
export interface Window {
  readonly from?: Date;
  readonly to?: Date;
}

export interface Reading extends Window {
  readonly order: 'asc' | 'desc';
  /** How many are wanted. */
  readonly count: number;
  /** Nothing is likely to lie before; undefined: nobody knows. */
  readonly earliest: Date | undefined;
  /** Where most is near. */
  readonly now: Date;
  /** Nothing is likely to lie after. */
  readonly latest: Date;
  /** How far the last reading of this kind had to look, in milliseconds from its beginning. */
  readonly reach: number | undefined;
}

/** A doctor's busy week has fewer than a few pages. */
const FIRST_DAYS = 4;
const GROWTH = 4;
/** Whoever has less than a page in three years has little at all. */
const MOST_DAYS = 1_024;

/**
 * The windows of time in which to look for the first of a reading, nearest first, one after the other without gap: each wider
 * than the one before, so that who has much is read little of, and who has little is soon read whole. Where the reading
 * has no bound of its own the outer side of the first window, and in the end of the last, is open: what is likely decides
 * on the number of looks alone, never on what is found.
 */
export function* growingWindows(reading: Omit<Reading, 'count'>): Generator<Window> {
  const { order, from, to, earliest, latest, reach } = reading;
  const isRising = order === 'asc';
  const [near, end] = isRising ? [from, to ?? latest] : [to, from ?? earliest];
  let edge = near;
  const windowTo = (far: Date | undefined): Window => {
    const [lower, upper] = isRising ? [edge, far] : [far, edge];
    return { ...(lower && { from: lower }), ...(upper && { to: upper }) };
  };
  let at = startOf(reading).getTime();
  const first = reach ?? FIRST_DAYS * DAY_MS;
  for (let step = near ? Math.max(first, 0) : first; ; step = GROWTH * Math.max(step, FIRST_DAYS * DAY_MS)) {
    at += isRising ? step : -step;
    const isBeyond = end !== undefined && (isRising ? at >= end.getTime() : at <= end.getTime());
    if (isBeyond || step > MOST_DAYS * DAY_MS) return yield windowTo(isRising ? to : from);
    yield windowTo(new Date(at));
    edge = new Date(at);
  }
}

/**
 * Reads in growing windows until there are as many as wanted, or no more.
 * @param read the first `count` within the window, in order
 * @param timeOf of one that was read
 * @returns those found, and how far the next reading of this kind had better look at first
 */
export async function readInWindows<T>(
  reading: Reading,
  read: (window: Window, count: number) => Promise<T[]>,
  timeOf: (one: T) => Date,
): Promise<{ found: T[]; reach: number }> {
  const { count, order } = reading;
  const found: T[] = [];
  for (const window of growingWindows(reading)) {
    found.push(...(await read(window, count - found.length)));
    const [first, last] = [found[0], found[count - 1]];
    if (!first || !last) continue;
    const [direction, until] = [order === 'asc' ? 1 : -1, timeOf(last).getTime()];
    // Half as much again: some may be called off until then.
    const spare = Math.abs(until - timeOf(first).getTime()) / 2 + MINUTE_MS;
    return { found, reach: direction * (until - startOf(reading).getTime()) + spare };
  }
  return { found, reach: Infinity };
}

/** Where the first window is measured from. */
const startOf = ({ order, from, to, earliest, now }: Omit<Reading, 'count'>): Date =>
  (order === 'asc' ? (from ?? earliest) : to) ?? now;
