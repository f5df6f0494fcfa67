import { BackgroundWorks, isDuplicateKey } from '@medflow/service-kit';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Replay } from './replay.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Before the books are compared. */
const AFTER_MIDNIGHT_MS = 2 * HOUR_MS;
/** What is told again may be lost again: a fact is looked for every night for a week. */
const LOOKS_BACK_MS = 7 * DAY_MS;
const LOOKS_MS = [HOUR_MS / 6, HOUR_MS] as const;
const RETRIES_MS = [HOUR_MS / 60, HOUR_MS] as const;
/** Whoever compares and shows no progress for so long has died. */
const LEASE_MS = HOUR_MS;

interface CheckRow {
  _id: 'check';
  /** When the last one that came to its end began. */
  begunAt?: Date;
  /** Somebody is at it. */
  until: Date;
}

/** Once a night, by one replica: what this service holds is compared with what its consumers know; the rest is told again. */
@Injectable()
export class NightlyCheck implements OnApplicationBootstrap {
  private readonly logger = new Logger('missing-facts');

  constructor(
    @Inject(BackgroundWorks) private readonly works: BackgroundWorks,
    @Inject(Replay) private readonly replay: Replay,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  private get rows() {
    return this.connection.db!.collection<CheckRow>('fact_checks');
  }

  onApplicationBootstrap(): void {
    const run = (stopping: AbortSignal) => this.runIfDue(new Date(), stopping);
    const name = `${this.replay.service}.missing-facts`;
    this.works.add({ name, run, idleMs: LOOKS_MS, failureMs: RETRIES_MS }).start();
  }

  /** @returns when it is due next */
  async runIfDue(now: Date, stopping: AbortSignal): Promise<Date> {
    const midnight = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
    const tonight = new Date(midnight + AFTER_MIDNIGHT_MS);
    const tomorrow = new Date(tonight.getTime() + DAY_MS);
    if (now < tonight) return tonight;
    const last = await this.rows.findOne({ _id: 'check' });
    if (last?.begunAt && last.begunAt >= tonight) return tomorrow;
    if (!(await this.acquireLease(now))) return new Date(now.getTime() + LEASE_MS);
    const since = last?.begunAt && new Date(last.begunAt.getTime() - LOOKS_BACK_MS);
    await this.run(since, stopping);
    if (stopping.aborted) return now;
    await this.rows.updateOne({ _id: 'check' }, { $set: { begunAt: now, until: new Date(0) } });
    return tomorrow;
  }

  private async run(since: Date | undefined, stopping: AbortSignal): Promise<void> {
    const totals = new Map<string, { compared: number; published: number }>();
    try {
      for await (const { holding, ...counts } of this.replay.run({ missingOnly: true, ...(since && { since }) })) {
        totals.set(holding, counts);
        if (stopping.aborted) break;
        await this.rows.updateOne({ _id: 'check' }, { $set: { until: new Date(Date.now() + LEASE_MS) } });
      }
    } finally {
      for (const [holding, { compared, published }] of totals)
        this.logger[published > 0 ? 'warn' : 'log'](`${holding}: ${compared} compared, ${published} told again`);
      // Done, failed or stopped: the next one need not wait for the lease to lapse.
      await this.rows.updateOne({ _id: 'check' }, { $set: { until: new Date(0) } });
    }
  }

  /** False while another replica is at it. */
  private async acquireLease(now: Date): Promise<boolean> {
    try {
      const until = new Date(now.getTime() + LEASE_MS);
      await this.rows.updateOne({ _id: 'check', until: { $lte: now } }, { $set: { until } }, { upsert: true });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}
