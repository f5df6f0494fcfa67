/** How long marks wait for company: nobody waits for them, and under load one transaction then marks many events. */
export const MARK_DELAY_MS = 250;
/** Between two looks under load: nudges given meanwhile share the next one. An idle outbox is looked at at once. */
export const GAP_MS = 20;
/** Between two looks of a relay that is told of every row but those of tools and crashes. */
const TOLD_LOOK_MS = 30_000;
const LONGEST_PAUSE_MS = 60_000;

export interface PaceOptions {
  /** Between two looks at an outbox that gave no sign; default 500. */
  pollMs?: number;
  /** After this long without a sign of life another relay takes over; default 5,000. */
  leaseMs?: number;
  /** No other process runs this service: who writes nudges, so an idle outbox costs next to nothing. */
  sole?: boolean;
}

/** How often a relay looks at the outbox, and at who holds the lease, when nobody nudges it. */
export class RelayPace {
  readonly leaseMs: number;
  /** Between two looks at a lease that another relay holds. */
  readonly leaseLookMs: number;
  /** Between two looks whatever a look finds. */
  readonly longestMs: number;
  /** First and longest pause after a failure. */
  readonly failureMs: readonly [number, number];
  private readonly pollMs: number;
  private readonly sole: boolean;

  constructor({ pollMs = 500, leaseMs = 5_000, sole = false }: PaceOptions) {
    [this.pollMs, this.leaseMs, this.sole] = [pollMs, leaseMs, sole];
    this.leaseLookMs = Math.max(pollMs, leaseMs / 5);
    this.longestMs = Math.max(sole ? TOLD_LOOK_MS : pollMs, this.leaseLookMs);
    this.failureMs = [pollMs, LONGEST_PAUSE_MS];
  }

  /** Whoever has the main lease looks for rows that nobody offers; others are told of all that are theirs. */
  lookMs(isMain: boolean): number {
    return isMain && !this.sole ? this.pollMs : TOLD_LOOK_MS;
  }
}
