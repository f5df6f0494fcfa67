import { Injectable, Logger } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { ReconcileHandler } from '../../application/reconcile.js';
import { Clock } from '../../domain/ports.js';
import { DAY_MS, HOUR_MS } from '../../domain/values.js';
import { reconciliationDifferences } from '../metrics.js';
import { ReconciliationRecord } from '../mongo/schemas.js';

/** Late enough that both sides have booked the day. */
const AFTER_MIDNIGHT_MS = 3 * HOUR_MS;

/** Once a night, by one replica: yesterday (UTC), compared with the provider's books. */
@Injectable()
export class ReconciliationJob {
  private readonly logger = new Logger('reconciliation');

  constructor(
    private readonly reconcile: ReconcileHandler,
    private readonly clock: Clock,
    @InjectModel(ReconciliationRecord.name) private readonly done: Model<ReconciliationRecord>,
  ) {}

  async runIfDue(): Promise<void> {
    const now = this.clock.now();
    const midnight = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
    if (now.getTime() - midnight.getTime() < AFTER_MIDNIGHT_MS) return;
    const from = new Date(midnight.getTime() - DAY_MS);
    const day = from.toISOString().slice(0, 10);
    if (await this.done.exists({ _id: day })) return;
    const { compared, differences } = await this.reconcile.execute(from, midnight);
    try {
      await this.done.collection.insertOne({ _id: day, at: now, compared, differences } as never);
    } catch (error) {
      // Another replica was as fast; both have told the same.
      if (!isDuplicateKey(error)) throw error;
    }
    reconciliationDifferences.set(differences.length);
    this.logger.log(`${day}: ${compared} movements compared, ${differences.length} differences`);
    for (const difference of differences) this.logger.error({ day, ...difference }, 'ledger and provider differ');
  }
}
