import { HOUR_MS, MINUTE_MS, msAfter } from './values.js';

/** The provider refused a step: nothing happened, and nothing will while all stays as it is. */
export interface Refusal {
  /** The step, so named that another step is not held up by it. */
  readonly step: string;
  /** The provider's code. */
  readonly reason: string;
  /** In a row. */
  readonly times: number;
  readonly since: Date;
  /** Not tried again before. */
  readonly until: Date;
}

const FIRST_MS = 10 * MINUTE_MS;
const LONGEST_MS = 6 * HOUR_MS;

/** What is refused again and again waits 10 minutes, then twice as long each time, at most six hours. */
export function refusedAgain(before: Refusal | undefined, step: string, reason: string, now: Date): Refusal {
  const known = before?.step === step ? before : undefined;
  const times = (known?.times ?? 0) + 1;
  const pause = Math.min(FIRST_MS * 2 ** Math.min(times - 1, 20), LONGEST_MS);
  return { step, reason, times, since: known?.since ?? now, until: msAfter(now, pause) };
}
