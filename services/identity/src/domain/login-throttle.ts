/** How many wrong passwords are free and how the pause grows after them. */
export interface Threshold {
  readonly name: 'pair' | 'account' | 'address';
  /** The failure with this number is the first that locks. */
  readonly failures: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/**
 * Guessing is slowed down where it happens: hardest for one account from one address, so that a stranger's guesses do
 * not lock the owner out elsewhere; the pause of an account over all addresses is short, and one address serves many
 * people (a clinic, a campus), so it takes many failures.
 */
export const thresholds: readonly Threshold[] = [
  { name: 'pair', failures: 5, firstPauseMs: 30_000, longestPauseMs: 15 * 60_000 },
  { name: 'account', failures: 30, firstPauseMs: 5_000, longestPauseMs: 60_000 },
  { name: 'address', failures: 100, firstPauseMs: 5_000, longestPauseMs: 5 * 60_000 },
];

/** Without a further failure for this long everything is forgotten. */
export const FORGET_AFTER_MS = 60 * 60_000;

/** Pause after the n-th failure: nothing below the threshold, then doubling up to the longest. */
export function pauseAfter(failures: number, { failures: free, firstPauseMs, longestPauseMs }: Threshold): number {
  return failures < free ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - free));
}

/** Counts failures; an attempt counts before its password is checked, so that many at once are many. */
export abstract class Attempts {
  /**
   * Counts an attempt on the e-mail from the address.
   * @returns milliseconds until the next attempt may be made, when one of the thresholds was locked already (the
   * attempt is then not counted and must be refused); 0 when this one may be made
   */
  abstract begin(email: string, address: string, now: Date): Promise<number>;
  /** The password was right: forgets the failures of the pair and the account, takes this one back from the address. */
  abstract succeed(email: string, address: string): Promise<void>;
}
