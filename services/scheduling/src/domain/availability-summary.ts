import { HOUR_MS, type Mode } from './values.js';

/** Old even where nothing was booked or changed. */
const STALE_AFTER_MS = 6 * HOUR_MS;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = HOUR_MS;
/** What was just booked or changed goes before what only time has made old. */
const AHEAD_MS = HOUR_MS;

/** When a doctor can be booked, as the directory shows it. */
export interface AvailabilitySummary {
  readonly nextAvailableAt: Date | null;
  /** UTC dates `YYYY-MM-DD` with a free slot. */
  readonly days: readonly string[];
  readonly modes: readonly Mode[];
}

/** Since when a summary is due that a booking or a change has made wrong. */
export const dueAfterChange = (now: Date): Date => new Date(now.getTime() - AHEAD_MS);

/**
 * When a summary of now is old: once its next slot has passed, or after three to six hours.
 * @param random from 0 to below 1: those that were made together are not all due together again
 */
export function dueAfter({ nextAvailableAt }: AvailabilitySummary, now: Date, random: number): Date {
  const stale = new Date(now.getTime() + STALE_AFTER_MS * (1 - random / 2));
  return nextAvailableAt && nextAvailableAt < stale ? nextAvailableAt : stale;
}

/** @param attempts so far, at least 1 */
export const retryAfter = (attempts: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS));
