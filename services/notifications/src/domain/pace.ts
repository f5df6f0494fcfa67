/** Letters of a rush that an address gets one by one. */
const SINGLY = 3;
const PAUSE_MS = 60_000;
/** A pause ends at a whole one of these, so that letters of many accounts are put off, and taken up again, together. */
const WHOLE_MS = 5_000;

/** How news has gone to one account lately. */
export interface Pace {
  readonly lastAt: Date;
  /** Letters of this rush. */
  readonly sent: number;
}

/** What waits for the account. */
export interface Waiting {
  readonly count: number;
  /** Some of it has waited for its turn already: the rush goes on. */
  readonly heldBack: boolean;
}

export type Turn =
  { readonly send: 'singly' | 'together'; readonly pace: Pace } | { readonly send: 'later'; readonly at: Date };

/**
 * How news leaves that many may cause: an address gets three letters of a rush at most, and from then on one a minute, with
 * what came meanwhile. The rush is over when a minute has passed in which nothing had to wait.
 */
export function turnOf(before: Pace | undefined, { count, heldBack }: Waiting, now: Date): Turn {
  const freeAt = new Date(Math.ceil(((before?.lastAt.getTime() ?? 0) + PAUSE_MS) / WHOLE_MS) * WHOLE_MS);
  const isCalm = freeAt <= now;
  const sent = before && !(isCalm && !heldBack) ? before.sent : 0;
  if (sent + count <= SINGLY) return { send: 'singly', pace: { lastAt: now, sent: sent + count } };
  if (sent < SINGLY || isCalm) return { send: 'together', pace: { lastAt: now, sent: SINGLY } };
  return { send: 'later', at: freeAt };
}
