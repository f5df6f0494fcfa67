import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { AttemptCounters, type Counted, type Counter, type Threshold } from '../../domain/login-throttle.js';
import { AttemptRecord } from './schemas.js';

const OPEN = new Date(0);

const keyOf = ({ threshold: { name }, subject }: Counted): string =>
  `${name}:${createHash('sha256').update(subject).digest('base64url')}`;

/** `afterFailure` as an update pipeline, so that reading, counting and locking are one step for every replica. */
function failing({ failures: free, pauses, memory }: Threshold, now: Date): object[] {
  const alive = { $gt: [{ $ifNull: ['$forgetAt', OPEN] }, now] };
  const pause = {
    $arrayElemAt: [pauses, { $min: [{ $max: [{ $subtract: ['$failures', free] }, 0] }, pauses.length - 1] }],
  };
  const locks = { $and: [{ $not: ['$refused'] }, { $gte: ['$failures', free] }] };
  return [
    {
      $set: {
        refused: { $gt: [{ $ifNull: ['$lockedUntil', OPEN] }, now] },
        failures: { $cond: [alive, { $ifNull: ['$failures', 0] }, 0] },
        lockedUntil: { $cond: [alive, { $ifNull: ['$lockedUntil', OPEN] }, OPEN] },
        forgetAt: { $cond: [alive, '$forgetAt', new Date(now.getTime() + memory * 1000)] },
      },
    },
    { $set: { failures: { $add: ['$failures', { $cond: ['$refused', 0, 1] }] } } },
    { $set: { lockedUntil: { $cond: [locks, { $add: [now, { $multiply: [pause, 1000] }] }, '$lockedUntil'] } } },
    { $set: { forgetAt: { $cond: [locks, { $add: ['$lockedUntil', memory * 1000] }, '$forgetAt'] } } },
  ];
}

@Injectable()
export class MongoAttemptCounters extends AttemptCounters {
  constructor(@InjectModel(AttemptRecord.name) private readonly attempts: Model<AttemptRecord>) {
    super();
  }

  async count(counted: Counted, now: Date): Promise<{ counter: Counter; refused: boolean }> {
    const _id = keyOf(counted);
    for (;;) {
      const record = await this.attempts.collection.findOneAndUpdate(
        { _id: _id as never },
        failing(counted.threshold, now),
        {
          returnDocument: 'after',
        },
      );
      if (record) {
        const { failures, lockedUntil, forgetAt, refused } = record as unknown as AttemptRecord;
        return { counter: { failures, lockedUntil, forgetAt }, refused };
      }
      // No upsert: of several at once, SecantusDB counts each but shows some of them no document.
      await this.open(_id, new Date(now.getTime() + counted.threshold.memory * 1000));
    }
  }

  async takeBack(counted: Counted, lock: Date): Promise<void> {
    await this.attempts.collection.updateOne({ _id: keyOf(counted) as never }, [
      {
        $set: {
          failures: { $max: [0, { $subtract: ['$failures', 1] }] },
          lockedUntil: { $cond: [{ $eq: ['$lockedUntil', lock] }, OPEN, '$lockedUntil'] },
        },
      },
    ]);
  }

  async forget(counted: Counted): Promise<void> {
    await this.attempts.deleteOne({ _id: keyOf(counted) });
  }

  /** Alive from the start: were it to be forgotten at once, attempts made a moment earlier would count for nothing. */
  private async open(_id: string, forgetAt: Date): Promise<void> {
    const blank = { _id, failures: 0, lockedUntil: OPEN, refused: false, forgetAt };
    await this.attempts.collection.insertOne(blank as never).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }
}
