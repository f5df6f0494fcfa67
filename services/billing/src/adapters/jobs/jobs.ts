import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { BackgroundWorks, FailureLog, type RepeatedWork } from '@medflow/service-kit';
import { SettleHandler } from '../../application/settle.js';
import { Charges } from '../../domain/charges.js';
import { Clock } from '../../domain/ports.js';
import { msAfter, SECOND_MS } from '../../domain/values.js';
import { SettlementSchedule } from '../fact-log.js';
import { settlements } from '../metrics.js';

/** Whoever took a charge and died with it: another takes it after this. */
const LEASE_MS = 60 * SECOND_MS;
const BATCH = 50;
const AT_ONCE = 8;

/**
 * Works off the charges that want something done: those that were just saved at once, the others when the clock says
 * so. Every replica may run it; a charge that is lost with a process is found again by its `checkAt`.
 */
@Injectable()
export class Jobs extends SettlementSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Jobs.name);
  private readonly failures = new FailureLog((line) => this.logger.warn(line));
  private readonly waiting = new Set<string>();
  private readonly running = new Set<Promise<void>>();
  private readonly due: RepeatedWork;
  private settle: SettleHandler | undefined;
  private charges: Charges | undefined;
  private stopped = false;

  constructor(
    works: BackgroundWorks,
    private readonly clock: Clock,
  ) {
    super();
    this.due = works.add({ name: 'billing.charges', run: () => this.takeDue() });
  }

  /** They save charges and hence call this: given later, so that neither needs the other to be made. */
  serve(settle: SettleHandler, charges: Charges): void {
    this.settle = settle;
    this.charges = charges;
  }

  settleAt(id: string, at: Date): void {
    if (this.stopped) return;
    if (at > this.clock.now()) return this.due.nudge(at);
    this.waiting.add(id);
    this.pump();
  }

  onApplicationBootstrap(): void {
    this.due.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.running);
  }

  private async takeDue(): Promise<Date | undefined> {
    const now = this.clock.now();
    const room = BATCH - this.waiting.size;
    // Those that were taken come first.
    if (room <= 0 || !this.charges) return msAfter(now, SECOND_MS);
    const { ids, next } = await this.charges.takeDue(now, msAfter(now, LEASE_MS), room);
    for (const id of ids) this.settleAt(id, now);
    return next;
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
      settlements.inc({ outcome: (await this.settle?.attempt(id)) ?? 'done' });
      this.failures.succeeded();
    } catch (error) {
      settlements.inc({ outcome: 'put-off' });
      this.failures.failed(`charge ${id} put off`, error);
    }
  }
}
