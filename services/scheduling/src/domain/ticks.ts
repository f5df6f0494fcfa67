import { MINUTE_MS } from './values.js';

/** The grain of time: every appointment covers whole ticks, so that overlap becomes equality of ticks. */
export const TICK_MINUTES = 5;

const tickAt = (instant: Date): number => Math.floor(instant.getTime() / (TICK_MINUTES * MINUTE_MS));

/** Numbers of the ticks in [from, to), counted from the epoch; a started tick counts whole. */
export function ticksBetween(from: Date, to: Date): number[] {
  const first = tickAt(from);
  const end = Math.ceil(to.getTime() / (TICK_MINUTES * MINUTE_MS));
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}
