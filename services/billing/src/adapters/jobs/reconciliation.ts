import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { BackgroundWorks, isDuplicateKey } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { ReconcileHandler } from '../../application/reconcile.js';
import { Clock } from '../../domain/ports.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, msAfter } from '../../domain/values.js';
import { reconciliationDifferences, refusedSteps } from '../metrics.js';
import { ReconciliationRecord } from '../mongo/schemas.js';

/** Late enough that both sides have booked the day. */
const AFTER_MIDNIGHT_MS = 3 * HOUR_MS;
const LOOKS_MS = [10 * MINUTE_MS, HOUR_MS] as const;
const RETRIES_MS = [MINUTE_MS, HOUR_MS] as const;

/** Once a night, by one replica: yesterday (UTC), compared with the provider's books. */
@Injectable()
export class ReconciliationJob implements OnApplicationBootstrap {
  private readonly logger = new Logger('reconciliation');

  constructor(
    private readonly works: BackgroundWorks,
    private readonly reconcile: ReconcileHandler,
    private readonly clock: Clock,
    @InjectModel(ReconciliationRecord.name) private readonly done: Model<ReconciliationRecord>,
  ) {}

  onApplicationBootstrap(): void {
    const run = () => this.runIfDue();
    this.works.add({ name: 'billing.reconciliation', run, idleMs: LOOKS_MS, failureMs: RETRIES_MS }).start();
  }

  /** @returns when it is due next */
  private async runIfDue(): Promise<Date> {
    const now = this.clock.now();
    const midnight = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
    const tonight = msAfter(midnight, AFTER_MIDNIGHT_MS);
    if (now < tonight) return tonight;
    const from = msAfter(midnight, -DAY_MS);
    const day = from.toISOString().slice(0, 10);
    if (!(await this.done.exists({ _id: day }))) await this.run(day, from, midnight);
    return msAfter(tonight, DAY_MS);
  }

  private async run(day: string, from: Date, midnight: Date): Promise<void> {
    const { compared, differences, refused } = await this.reconcile.execute(from, midnight);
    try {
      await this.done.collection.insertOne({ _id: day, at: this.clock.now(), compared, differences } as never);
    } catch (error) {
      // Another replica was as fast; both have told the same.
      if (!isDuplicateKey(error)) throw error;
    }
    reconciliationDifferences.set(differences.length);
    refusedSteps.set(refused.length);
    this.logger.log(`${day}: ${compared} movements compared, ${differences.length} differences`);
    for (const difference of differences) this.logger.error({ day, ...difference }, 'ledger and provider differ');
    for (const step of refused) this.logger.error(step, 'the provider refuses this step');
  }
}
