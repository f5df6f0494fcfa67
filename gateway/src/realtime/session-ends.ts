import { type SessionEndedV1, sessionEndedV1 } from '@medflow/contracts';
import type { EventEnvelope } from '@medflow/messaging';

/** No access token outlives its session by more: identity says exactly how long, the bus that it has ended. */
const LONGEST_LIFE_MS = 660_000;
/** Identity is asked no more often, and less and less often while it does not answer. */
const ASK_EVERY_MS = { first: 10_000, last: 30_000 };
/** What was known this long ago may be said of a session without asking again. */
const TRUSTED_FOR_MS = 20_000;
/** Sign-outs of eleven minutes; beyond, the oldest are forgotten. */
const REMEMBERED = 200_000;

export const SESSION_ENDED = sessionEndedV1.type;

/** What identity answers: sessions that ended since an earlier answer was given, or a little before. */
export interface EndedAnswer {
  asOf: string;
  items: { id: string; until: string }[];
}

/**
 * Which sessions have ended before their access tokens expire. Told over the bus at once; what may have been missed is asked
 * for, and only while tokens are presented, so that nothing repeats at rest. While identity cannot be asked, what is known
 * stays known and all else passes: nobody can sign out then either.
 */
export class SessionEnds {
  /** Until when access tokens of the session may be valid; the first that was learnt first. */
  private readonly ended = new Map<string, number>();
  private readonly listeners: ((sessionId: string) => void)[] = [];
  private asOf: string | undefined;
  private asking: Promise<void> | undefined;
  private askAgainAt = -Infinity;
  private knownAt = -Infinity;
  private pauseMs = ASK_EVERY_MS.first;

  /** @param now milliseconds that only go forward */
  constructor(
    private readonly ask: (since: string | undefined) => Promise<EndedAnswer>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Called once for each session that is learnt to have ended. */
  onEnd(listener: (sessionId: string) => void): void {
    this.listeners.push(listener);
  }

  /** Takes a fact of the bus. */
  recordEnd({ data }: EventEnvelope): void {
    this.note((data as SessionEndedV1).sessionId, LONGEST_LIFE_MS);
  }

  /** Whether the session is over; only where what is known is too old, identity is waited for. */
  includes(sessionId: string): boolean | Promise<boolean> {
    if (this.ended.has(sessionId)) return true;
    const asking = this.refresh();
    const isOld = this.now() - this.knownAt > TRUSTED_FOR_MS;
    // Nobody waits again and again for an identity that has just failed to answer.
    const mayAnswer = this.pauseMs === ASK_EVERY_MS.first;
    return asking && isOld && mayAnswer ? asking.then(() => this.ended.has(sessionId)) : false;
  }

  /** Asks identity, unless it was asked a moment ago. */
  refresh(): Promise<void> | undefined {
    if (this.asking === undefined && this.now() >= this.askAgainAt) {
      this.asking = this.learn().finally(() => {
        this.asking = undefined;
        this.askAgainAt = this.now() + this.pauseMs;
      });
    }
    return this.asking;
  }

  private async learn(): Promise<void> {
    const askedAt = this.now();
    try {
      const { asOf, items } = await this.ask(this.asOf);
      const identitysNow = Date.parse(asOf);
      for (const { id, until } of items) this.note(id, Date.parse(until) - identitysNow);
      this.asOf = asOf;
      this.knownAt = askedAt;
      this.pauseMs = ASK_EVERY_MS.first;
      this.forget();
    } catch {
      this.pauseMs = Math.min(this.pauseMs * 1.5, ASK_EVERY_MS.last);
    }
  }

  private note(sessionId: string, forMs: number): void {
    if (!(forMs > 0) || this.ended.has(sessionId)) return;
    const [oldest] = this.ended.keys();
    if (oldest !== undefined && this.ended.size >= REMEMBERED) this.ended.delete(oldest);
    this.ended.set(sessionId, this.now() + forMs);
    for (const listener of this.listeners) listener(sessionId);
  }

  private forget(): void {
    const now = this.now();
    for (const [id, until] of this.ended) if (until <= now) this.ended.delete(id);
  }
}
