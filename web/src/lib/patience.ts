/** Pauses that double up to a limit, shortened by up to a half at random: browsers that lost the server do not come back together. */
export class GrowingPause {
  private doublings = 0;

  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
    private readonly random: () => number = Math.random,
  ) {}

  /** Milliseconds to wait now; the next one is longer. */
  next(): number {
    const whole = Math.min(this.longestMs, this.firstMs * 2 ** this.doublings);
    if (whole < this.longestMs) this.doublings += 1;
    return whole * (1 - this.random() / 2);
  }

  reset(): void {
    this.doublings = 0;
  }
}

const FIRST_LOOK_MS = 2_000;
const LONGEST_LOOK_MS = 60_000;

/** Milliseconds to the next look at what is awaited since that time: a quarter as long again as one has waited already. */
export const lookAgainIn = (since: number, now = Date.now()): number =>
  Math.min(LONGEST_LOOK_MS, Math.max(FIRST_LOOK_MS, (now - since) / 4));
