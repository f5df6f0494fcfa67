import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Seals } from '@medflow/sealing';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { ConcurrentChange } from '../../domain/errors.js';
import { ImportedKeys } from '../../domain/exchange.js';
import { ImportedKeyRecord } from './exchange-schemas.js';
import { EntryRecord } from './schemas.js';

const BATCH = 500;

function* batchesOf<T>(all: readonly T[]): Iterable<readonly T[]> {
  for (let from = 0; from < all.length; from += BATCH) yield all.slice(from, from + BATCH);
}

/** Identifiers of others name hospitals and numbers of theirs: they are kept blind. */
@Injectable()
export class MongoImportedKeys extends ImportedKeys {
  constructor(
    @InjectModel(ImportedKeyRecord.name) private readonly keys: Model<ImportedKeyRecord>,
    @InjectModel(EntryRecord.name) private readonly entries: Model<EntryRecord>,
    private readonly seals: Seals,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async find(patientId: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const idOf = await this.blind(patientId);
    const byId = new Map(keys.map((key) => [idOf(key), key]));
    const found = new Map<string, string>();
    for (const ids of batchesOf([...byId.keys()])) {
      const records = await this.keys
        .find({ _id: { $in: [...ids] } })
        .session(this.transactions.session ?? null)
        .lean<ImportedKeyRecord[]>();
      for (const { _id, entryId } of records) found.set(byId.get(_id)!, entryId);
    }
    return found;
  }

  async add(patientId: string, entries: ReadonlyMap<string, string>): Promise<void> {
    if (entries.size === 0) return;
    const idOf = await this.blind(patientId);
    const records = [...entries].map(([key, entryId]) => ({ _id: idOf(key) as never, entryId }));
    try {
      await this.keys.collection.insertMany(records, { session: this.transactions.session });
    } catch (error) {
      if (isDuplicateKey(error)) throw new ConcurrentChange('the same is being imported');
      throw error;
    }
  }

  async own(patientId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const own = new Set<string>();
    for (const some of batchesOf([...new Set(ids)])) {
      const records = await this.entries
        .find({ _id: { $in: [...some] }, patientId }, { _id: 1 })
        .session(this.transactions.session ?? null)
        .lean<EntryRecord[]>();
      for (const { _id } of records) own.add(_id);
    }
    return own;
  }

  private async blind(patientId: string): Promise<(key: string) => string> {
    const blind = await this.seals.blindIndex(patientId, 'imports');
    return (key) => `${patientId}|${blind(key)}`;
  }
}
