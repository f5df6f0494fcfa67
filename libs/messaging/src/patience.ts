import { type DatabaseHealth, isOutage } from '@medflow/service-kit';

const PAUSE_MS = { first: 250, longest: 10_000 };
/** A database that is there and fails all the same is waited for no longer: the event may be the reason. */
const FAILING_MS = 60_000;

/**
 * An event that could not be handled because the database was away has not failed: it is tried again where it is, so
 * that an outage, however long, uses up no attempt and makes no dead letters.
 */
export class Patience {
  private ended = false;
  /** Those that pause now: each goes on when called. */
  private readonly pausing = new Set<() => void>();

  constructor(private readonly health: Pick<DatabaseHealth, 'reachable' | 'back'>) {
    health.back.subscribe(() => this.endPauses());
  }

  /** @throws what the work throws for other reasons, or after a minute of a database that answers with failures */
  async outlast(work: () => Promise<void>): Promise<void> {
    let failingSince = Date.now();
    for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS.longest)) {
      try {
        return await work();
      } catch (error) {
        if (!isOutage(error) || this.ended) throw error;
        if (!this.health.reachable) failingSince = Date.now();
        if (Date.now() - failingSince >= FAILING_MS) throw error;
      }
      await this.pause(pauseMs);
    }
  }

  /** Lets everything under way end at its next failure. */
  end(): void {
    this.ended = true;
    this.endPauses();
  }

  /** What waited for the end of an outage need not wait for that of its pause, which by then is long. */
  private endPauses(): void {
    for (const resume of this.pausing) resume();
  }

  private async pause(ms: number): Promise<void> {
    let resume!: () => void;
    const timer = await new Promise<NodeJS.Timeout>((resolve) => {
      const started = setTimeout(() => resume(), ms);
      resume = () => resolve(started);
      this.pausing.add(resume);
    });
    clearTimeout(timer);
    this.pausing.delete(resume);
  }
}
