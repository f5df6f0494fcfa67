/** How many wrong passwords are free, and how long the pauses after them are. */
export interface Threshold {
  readonly name: string;
  /** The failure with this number is the first that locks. */
  readonly failures: number;
  /** Seconds of the first, second, … lock; the last is the longest. */
  readonly pauses: readonly number[];
  /** Seconds after the first failure, or after the last lock, until everything is forgotten. */
  readonly memory: number;
}

/**
 * Guessing is slowed down where it happens: hardest for one account from one address, so that a stranger's guesses do
 * not lock the owner out elsewhere. The pause of an account over all addresses is short, and one address serves many
 * people (a clinic, a campus), so it takes many failures. A device on which the account has signed in before has an
 * allowance of its own, which nobody else can use up. After OWASP's Authentication Cheat Sheet, « Account Lockout ».
 */
export const thresholds: Readonly<Record<'pair' | 'account' | 'address' | 'device', Threshold>> = {
  pair: { name: 'pair', failures: 5, pauses: [30, 60, 120, 240, 480, 900], memory: 3600 },
  account: { name: 'account', failures: 30, pauses: [5, 10, 20, 40, 60], memory: 3600 },
  address: { name: 'address', failures: 100, pauses: [30, 60, 120, 240, 300], memory: 900 },
  device: { name: 'device', failures: 5, pauses: [30, 60, 120, 240, 480, 900], memory: 3600 },
};

/** What is counted: the failures of one pair, account, address or known device. */
export interface Counted {
  readonly threshold: Threshold;
  readonly subject: string;
}

export interface Counter {
  readonly failures: number;
  /** In the past when it is open. */
  readonly lockedUntil: Date;
  readonly forgetAt: Date;
}

const later = (date: Date, seconds: number): Date => new Date(date.getTime() + seconds * 1000);

/** True while attempts are to be refused. */
export const isLocked = (counter: Counter | undefined, now: Date): boolean =>
  counter !== undefined && counter.lockedUntil > now;

/** The counter after one more failure; one that is locked stays as it is. */
export function afterFailure(
  counter: Counter | undefined,
  { failures: free, pauses, memory }: Threshold,
  now: Date,
): Counter {
  if (counter && isLocked(counter, now)) return counter;
  const known =
    counter && counter.forgetAt > now
      ? counter
      : { failures: 0, lockedUntil: new Date(0), forgetAt: later(now, memory) };
  const failures = known.failures + 1;
  const pause = failures < free ? undefined : pauses[Math.min(failures - free, pauses.length - 1)];
  if (pause === undefined) return { ...known, failures };
  const lockedUntil = later(now, pause);
  return { failures, lockedUntil, forgetAt: later(lockedUntil, memory) };
}

/** Counters that all replicas share. Addresses and e-mails are personal: only digests of the subjects are kept. */
export abstract class AttemptCounters {
  /**
   * Counts a failure, see {@link afterFailure}, as one step.
   * @returns the counter, and whether it was locked already, so that nothing was counted
   */
  abstract count(counted: Counted, now: Date): Promise<{ counter: Counter; refused: boolean }>;
  /** What was counted as a failure was none: takes it back with the lock, if it is that failure's. */
  abstract takeBack(counted: Counted, lock: Date): Promise<void>;
  abstract forget(counted: Counted): Promise<void>;
}
