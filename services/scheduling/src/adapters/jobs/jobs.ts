import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ExpireRequestsHandler } from '../../application/expire-requests.js';
import { Summaries } from '../../application/summaries.js';
import { DoctorDays } from '../../domain/doctor-days.js';

/** One summary for all the bookings of that time: the directory may lag by as much. */
const REFRESH_MS = 3_000;
const SWEEP_MS = 30_000;
const HOLDS_MS = 2_000;
/** Between batches: what was settled long ago has time. */
const COUNTS_MS = 1_000;

/** What time itself brings about. Each job waits for its own last run, and every replica may run it. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Jobs.name);
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly expiry: ExpireRequestsHandler,
    private readonly summaries: Summaries,
    private readonly days: DoctorDays,
  ) {}

  onApplicationBootstrap(): void {
    this.every(REFRESH_MS, () => this.summaries.refreshTouched());
    this.every(HOLDS_MS, async () => void (await this.expiry.lapseHolds()));
    this.every(COUNTS_MS, async () => void (await this.days.countEarlier()));
    this.every(SWEEP_MS, async () => {
      await this.expiry.execute();
      await this.summaries.refreshStale();
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.timers.forEach(clearInterval);
    await Promise.all(this.running);
  }

  private every(ms: number, job: () => Promise<void>): void {
    let busy = false;
    const run = async () => {
      if (busy) return;
      busy = true;
      const work = job().catch((error: unknown) => this.logger.warn(`job put off: ${(error as Error).message}`));
      this.running.add(work);
      await work;
      this.running.delete(work);
      busy = false;
    };
    this.timers.push(setInterval(() => void run(), ms).unref());
  }
}
