const MINUTE_MS = 60_000;
const ROUNDED_MINUTES = 5;
/** Fewer visits say nothing. */
export const VISITS_NEEDED = 5;
/** So many of the last are looked at. */
export const VISITS_SEEN = 20;

export interface ExpectedWait {
  readonly fromMinutes: number;
  readonly toMinutes: number;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;

/**
 * How long the wait may still be, as a range: between a quarter and three quarters of the doctor's last visits began so late.
 * Rounded outwards to five minutes, for more would be a precision that nobody has.
 * @param delays minutes after the planned start that the doctor let each patient in
 * @returns undefined where too little is known
 */
export function expectedWait(delays: readonly number[], startsAt: Date, now: Date): ExpectedWait | undefined {
  if (delays.length < VISITS_NEEDED) return undefined;
  const sorted = delays.map((delay) => Math.max(0, delay)).sort((a, b) => a - b);
  const untilStart = (startsAt.getTime() - now.getTime()) / MINUTE_MS;
  const left = (share: number) => Math.max(0, untilStart + quantile(sorted, share));
  const fromMinutes = Math.floor(left(0.25) / ROUNDED_MINUTES) * ROUNDED_MINUTES;
  const toMinutes = Math.ceil(left(0.75) / ROUNDED_MINUTES) * ROUNDED_MINUTES;
  return { fromMinutes, toMinutes: Math.max(toMinutes, fromMinutes + ROUNDED_MINUTES) };
}
