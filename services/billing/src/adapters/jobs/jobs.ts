import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SettleHandler } from '../../application/settle.js';
import { Charges } from '../../domain/charges.js';
import { Clock } from '../../domain/ports.js';
import { MINUTE_MS, msAfter, SECOND_MS } from '../../domain/values.js';
import { Wake } from '../fact-log.js';
import { settlements } from '../metrics.js';
import { ReconciliationJob } from './reconciliation.js';

const SWEEP_MS = SECOND_MS;
const RECONCILE_EVERY_MS = 10 * MINUTE_MS;
/** Whoever took a charge and died with it: another takes it after this. */
const LEASE_MS = 60 * SECOND_MS;
const BATCH = 50;
const AT_ONCE = 8;
const FIRST_RETRY_MS = SECOND_MS;
const LONGEST_RETRY_MS = 5 * MINUTE_MS;

/**
 * Works off the charges that want something done: those that were just saved at once, the others when the clock says
 * so. Every replica may run it; a charge that is lost with a process is found again by its `checkAt`.
 */
@Injectable()
export class Jobs extends Wake implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Jobs.name);
  private readonly waiting = new Set<string>();
  private readonly failures = new Map<string, number>();
  private readonly running = new Set<Promise<void>>();
  private readonly timers: NodeJS.Timeout[] = [];
  private settle: SettleHandler | undefined;
  private charges: Charges | undefined;
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly reconciliation: ReconciliationJob,
  ) {
    super();
  }

  /** They save charges and hence wake this: given later, so that neither needs the other to be made. */
  serve(settle: SettleHandler, charges: Charges): void {
    this.settle = settle;
    this.charges = charges;
  }

  charge(id: string): void {
    if (this.stopped) return;
    this.waiting.add(id);
    this.pump();
  }

  onApplicationBootstrap(): void {
    this.every(SWEEP_MS, async () => {
      const now = this.clock.now();
      const room = BATCH - this.waiting.size;
      if (room <= 0 || !this.charges) return;
      for (const id of await this.charges.takeDue(now, msAfter(now, LEASE_MS), room)) this.charge(id);
    });
    this.every(RECONCILE_EVERY_MS, () => this.reconciliation.runIfDue());
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.timers.forEach(clearInterval);
    await Promise.all(this.running);
  }

  private pump(): void {
    for (const id of this.waiting) {
      if (this.running.size >= AT_ONCE) return;
      this.waiting.delete(id);
      const work: Promise<void> = this.work(id).finally(() => {
        this.running.delete(work);
        if (!this.stopped) this.pump();
      });
      this.running.add(work);
    }
  }

  private async work(id: string): Promise<void> {
    try {
      await this.settle?.execute(id);
      this.failures.delete(id);
      settlements.inc({ outcome: 'done' });
    } catch (error) {
      const failures = (this.failures.get(id) ?? 0) + 1;
      this.failures.set(id, failures);
      settlements.inc({ outcome: 'put-off' });
      this.logger.warn(`charge ${id} put off: ${(error as Error).message}`);
      const pause = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
      await this.charges?.putOff(id, msAfter(this.clock.now(), pause)).catch(() => undefined);
    }
  }

  private every(ms: number, job: () => Promise<void>): void {
    let busy = false;
    const run = async () => {
      if (busy || this.stopped) return;
      busy = true;
      const work = job()
        .catch((error: unknown) => this.logger.warn(`job put off: ${(error as Error).message}`))
        .finally(() => {
          busy = false;
          this.running.delete(work);
        });
      this.running.add(work);
      await work;
    };
    this.timers.push(setInterval(() => void run(), ms).unref());
  }
}
