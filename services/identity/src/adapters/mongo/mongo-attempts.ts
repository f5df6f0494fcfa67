import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey } from '@medflow/service-kit';
import type { Model, PipelineStage } from 'mongoose';
import { Attempts, FORGET_AFTER_MS, type Threshold, thresholds } from '../../domain/login-throttle.js';
import { AttemptRecord } from './schemas.js';

/** Addresses and e-mails are personal: only their hashes are kept here. */
const keyOf = ({ name }: Threshold, email: string, address: string): string => {
  const subject = { pair: `${email} ${address}`, account: email, address }[name];
  return `${name}:${createHash('sha256').update(subject).digest('base64url')}`;
};

/** The same growth as `pauseAfter`, worked out by the database so that counting and locking are one step. */
function counting(threshold: Threshold, now: Date): PipelineStage[] {
  const locked = { $gt: [{ $ifNull: ['$lockedUntil', new Date(0)] }, now] };
  const exponent = { $min: [20, { $subtract: ['$failures', threshold.failures] }] };
  const pause = { $min: [threshold.longestPauseMs, { $multiply: [threshold.firstPauseMs, { $pow: [2, exponent] }] }] };
  return [
    { $set: { wasLocked: locked } },
    { $set: { failures: { $add: [{ $ifNull: ['$failures', 0] }, { $cond: ['$wasLocked', 0, 1] }] } } },
    {
      $set: {
        lockedUntil: {
          $cond: [
            { $and: [{ $not: ['$wasLocked'] }, { $gte: ['$failures', threshold.failures] }] },
            { $add: [now, pause] },
            { $ifNull: ['$lockedUntil', new Date(0)] },
          ],
        },
        expiresAt: { $cond: ['$wasLocked', { $ifNull: ['$expiresAt', now] }, new Date(now.getTime() + FORGET_AFTER_MS)] },
      },
    },
    { $unset: 'wasLocked' },
  ] as PipelineStage[];
}

@Injectable()
export class MongoAttempts extends Attempts {
  constructor(@InjectModel(AttemptRecord.name) private readonly attempts: Model<AttemptRecord>) {
    super();
  }

  async begin(email: string, address: string, now: Date): Promise<number> {
    const pauses = await Promise.all(thresholds.map((threshold) => this.count(keyOf(threshold, email, address), threshold, now)));
    return Math.max(...pauses);
  }

  async succeed(email: string, address: string): Promise<void> {
    const keys = Object.fromEntries(thresholds.map((threshold) => [threshold.name, keyOf(threshold, email, address)]));
    await Promise.all([
      this.attempts.collection.deleteMany({ _id: { $in: [keys.pair, keys.account] as never[] } }),
      this.attempts.collection.updateOne({ _id: keys.address as never }, { $inc: { failures: -1 } }),
    ]);
  }

  /** Milliseconds that the key was locked for already. */
  private async count(key: string, threshold: Threshold, now: Date): Promise<number> {
    const update = () =>
      this.attempts.collection.findOneAndUpdate({ _id: key as never }, counting(threshold, now) as never, {
        upsert: true,
        returnDocument: 'before',
      });
    let before: { lockedUntil?: Date } | null;
    try {
      before = (await update()) as { lockedUntil?: Date } | null;
    } catch (error) {
      // Two first attempts at once: the second finds the record that the first made.
      if (!isDuplicateKey(error)) throw error;
      before = (await update()) as { lockedUntil?: Date } | null;
    }
    return Math.max(0, (before?.lockedUntil?.getTime() ?? 0) - now.getTime());
  }
}
