import { type EndedSession, endedSession } from '../src/domain/ended-session.js';
import { afterFailure, AttemptCounters, type Counted, type Counter, isLocked } from '../src/domain/login-throttle.js';
import { Clock, Randomness } from '../src/domain/ports.js';
import { type Session, Sessions } from '../src/domain/session.js';

/** A clock that only moves when told to. */
export class FixedClock extends Clock {
  constructor(private time = new Date('2026-11-23T09:00:00Z')) {
    super();
  }

  now(): Date {
    return this.time;
  }

  pass(seconds: number): void {
    this.time = new Date(this.time.getTime() + seconds * 1000);
  }
}

export class AttemptCountersInMemory extends AttemptCounters {
  private readonly counters = new Map<string, Counter>();

  private key = ({ threshold, subject }: Counted): string => `${threshold.name} ${subject}`;

  async count(counted: Counted, now: Date): Promise<{ counter: Counter; refused: boolean }> {
    const before = this.counters.get(this.key(counted));
    const counter = afterFailure(before, counted.threshold, now);
    this.counters.set(this.key(counted), counter);
    return { counter, refused: isLocked(before, now) };
  }

  async takeBack(counted: Counted, lock: Date): Promise<void> {
    const counter = this.counters.get(this.key(counted));
    if (!counter) return;
    const isMine = counter.lockedUntil.getTime() === lock.getTime();
    const lockedUntil = isMine ? new Date(0) : counter.lockedUntil;
    this.counters.set(this.key(counted), { ...counter, failures: Math.max(0, counter.failures - 1), lockedUntil });
  }

  async forget(counted: Counted): Promise<void> {
    this.counters.delete(this.key(counted));
  }
}

/** Different every time, and the same in every run. */
export class CountingRandomness extends Randomness {
  private count = 0;

  id(): string {
    return `id-${(this.count += 1)}`;
  }

  secret(): string {
    return String((this.count += 1)).padStart(43, '0');
  }
}

export class SessionsInMemory extends Sessions {
  private readonly living = new Map<string, Session>();
  private readonly endings: EndedSession[] = [];

  /** @param pause before each operation: others come in between */
  constructor(private readonly pause: () => Promise<unknown> = () => Promise.resolve()) {
    super();
  }

  async open(session: Session): Promise<void> {
    await this.pause();
    this.living.set(session.id, session);
  }

  async byId(id: string, now: Date): Promise<Session | undefined> {
    await this.pause();
    const session = this.living.get(id);
    return session && session.expiresAt > now ? session : undefined;
  }

  async refresh({ id, secrets }: Session, after: Session): Promise<boolean> {
    await this.pause();
    const known = this.living.get(id)?.secrets;
    if (known?.newest !== secrets.newest || known.previous?.repeated !== secrets.previous?.repeated) return false;
    this.living.set(id, after);
    return true;
  }

  async ofAccount(accountId: string, now: Date): Promise<Session[]> {
    const all = [...this.living.values()].filter(
      (session) => session.accountId === accountId && session.expiresAt > now,
    );
    return all.sort((a, b) => b.lastUsedAt.getTime() - a.lastUsedAt.getTime() || (a.id < b.id ? 1 : -1));
  }

  async close(id: string, now: Date): Promise<void> {
    await this.end((session) => session.id === id, now);
  }

  async closeOf(accountId: string, id: string, now: Date): Promise<boolean> {
    return (await this.end((session) => session.id === id && session.accountId === accountId, now)) === 1;
  }

  async closeOthers(accountId: string, keptId: string, now: Date): Promise<void> {
    await this.end((session) => session.accountId === accountId && session.id !== keptId, now);
  }

  async closeAll(accountId: string, now: Date): Promise<void> {
    await this.end((session) => session.accountId === accountId, now);
  }

  async ended(since: Date, now: Date): Promise<EndedSession[]> {
    return this.endings.filter(({ endedAt, until }) => endedAt >= since && until > now);
  }

  private async end(which: (session: Session) => boolean, now: Date): Promise<number> {
    await this.pause();
    const ending = [...this.living.values()].filter(which);
    for (const session of ending) {
      this.living.delete(session.id);
      this.endings.push(endedSession(session, now));
    }
    return ending.length;
  }
}
