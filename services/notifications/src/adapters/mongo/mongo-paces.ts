import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { mongo, type Model } from 'mongoose';
import type { Pace } from '../../domain/pace.js';
import { type PaceChange, Paces } from '../../domain/ports.js';
import { PaceRecord } from './schemas.js';

const DUPLICATE_KEY = 11_000;

@Injectable()
export class MongoPaces extends Paces {
  constructor(@InjectModel(PaceRecord.name) private readonly paces: Model<PaceRecord>) {
    super();
  }

  async of(accountIds: readonly string[]): Promise<ReadonlyMap<string, Pace>> {
    const records = await this.paces.find({ _id: { $in: [...accountIds] } }).lean<PaceRecord[]>();
    return new Map(records.map(({ _id, lastAt, sent }) => [_id, { lastAt, sent }]));
  }

  async keep(changes: readonly PaceChange[]): Promise<ReadonlySet<string>> {
    if (changes.length === 0) return new Set();
    const by = randomUUID();
    const writes = changes.map(({ accountId, before, after }): mongo.AnyBulkWriteOperation<PaceRecord> => {
      const set = { lastAt: after.lastAt, sent: after.sent, by };
      return before
        ? { updateOne: { filter: { _id: accountId, lastAt: before.lastAt, sent: before.sent }, update: { $set: set } } }
        : { insertOne: { document: { _id: accountId, ...set } } };
    });
    const kept = await this.write(writes);
    if (kept === changes.length) return new Set();
    const ours = await this.paces
      .find({ _id: { $in: changes.map(({ accountId }) => accountId) }, by })
      .lean<PaceRecord[]>();
    const isOurs = new Set(ours.map(({ _id }) => _id));
    return new Set(changes.map(({ accountId }) => accountId).filter((id) => !isOurs.has(id)));
  }

  /** How many of the writes had an effect. */
  private async write(writes: mongo.AnyBulkWriteOperation<PaceRecord>[]): Promise<number> {
    const effects = ({ matchedCount, insertedCount }: mongo.BulkWriteResult) => matchedCount + insertedCount;
    const collection = this.paces.collection as unknown as mongo.Collection<PaceRecord>;
    try {
      return effects(await collection.bulkWrite(writes, { ordered: false }));
    } catch (error) {
      // Somebody else inserted one of them first.
      if (!(error instanceof mongo.MongoBulkWriteError) || error.code !== DUPLICATE_KEY) throw error;
      return effects(error.result);
    }
  }
}
