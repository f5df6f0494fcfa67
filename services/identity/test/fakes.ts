import { afterFailure, AttemptCounters, type Counted, type Counter, isLocked } from '../src/domain/login-throttle.js';
import { Clock } from '../src/domain/ports.js';

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
