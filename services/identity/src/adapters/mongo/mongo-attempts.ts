import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { Attempts, FORGET_AFTER_MS, pauseAfter, type Threshold, thresholds } from '../../domain/login-throttle.js';
import { AttemptRecord } from './schemas.js';

/** Addresses and e-mails are personal: only their hashes are kept here. */
const keyOf = ({ name }: Threshold, email: string, address: string): string => {
  const subject = { pair: `${email} ${address}`, account: email, address }[name];
  return `${name}:${createHash('sha256').update(subject).digest('base64url')}`;
};

@Injectable()
export class MongoAttempts extends Attempts {
  constructor(@InjectModel(AttemptRecord.name) private readonly attempts: Model<AttemptRecord>) {
    super();
  }

  async begin(email: string, address: string, now: Date): Promise<number> {
    const pauses = await Promise.all(
      thresholds.map((threshold) => this.count(keyOf(threshold, email, address), threshold, now)),
    );
    return Math.max(...pauses);
  }

  async succeed(email: string, address: string): Promise<void> {
    const keys = Object.fromEntries(thresholds.map((threshold) => [threshold.name, keyOf(threshold, email, address)]));
    await Promise.all([
      this.attempts.collection.deleteMany({ _id: { $in: [keys.pair, keys.account] as never[] } }),
      this.attempts.collection.updateOne({ _id: keys.address as never }, { $inc: { failures: -1 } }),
    ]);
  }

  /**
   * Counts one failure unless the key is locked; answers for how many milliseconds more it was locked already.
   * Compare and set, so that many attempts at once are counted one by one.
   */
  private async count(key: string, threshold: Threshold, now: Date): Promise<number> {
    const _id = key as never;
    for (;;) {
      const before = (await this.attempts.collection.findOne({ _id })) as AttemptRecord | null;
      const lockedMs = (before?.lockedUntil?.getTime() ?? 0) - now.getTime();
      if (lockedMs > 0) return lockedMs;
      const failures = Math.max(0, before?.failures ?? 0) + 1;
      const pauseMs = pauseAfter(failures, threshold);
      const next = {
        failures,
        expiresAt: new Date(now.getTime() + FORGET_AFTER_MS),
        ...(pauseMs > 0 && { lockedUntil: new Date(now.getTime() + pauseMs) }),
      };
      if (!before) {
        const inserted = await this.attempts.collection.insertOne({ _id, ...next } as never).catch((error: unknown) => {
          if (isDuplicateKey(error)) return undefined;
          throw error;
        });
        if (inserted) return 0;
      } else {
        const same = { _id, failures: before.failures, lockedUntil: before.lockedUntil ?? { $exists: false } };
        const { modifiedCount } = await this.attempts.collection.updateOne(same as never, { $set: next });
        if (modifiedCount === 1) return 0;
      }
    }
  }
}
