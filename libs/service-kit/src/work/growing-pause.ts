/** Milliseconds of the first pause and of the longest. */
export type Span = readonly [firstMs: number, longestMs: number];

/** Pauses that double, shortened by up to a half at random: replicas that failed together do not come back together. */
export class GrowingPause {
  private doublings = 0;

  constructor(
    private readonly span: Span,
    private readonly random: () => number = Math.random,
  ) {}

  /** Milliseconds to wait now; the next one is longer. */
  next(): number {
    const [first, longest] = this.span;
    const whole = Math.min(longest, first * 2 ** this.doublings);
    if (whole < longest) this.doublings += 1;
    return whole * (1 - this.random() / 2);
  }

  /** It went well: the next pause is the first again. */
  reset(): void {
    this.doublings = 0;
  }
}
