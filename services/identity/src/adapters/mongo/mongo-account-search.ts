import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, QueryFilter } from 'mongoose';
import { type Account, normaliseEmail } from '../../domain/account.js';
import { type AccountQuery, AccountSearch, nameKeyOf, nameKeys } from '../../domain/account-search.js';
import { toAccount } from './account-of-record.js';
import { AccountRecord } from './schemas.js';

const BATCH = 500;
const ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Accounts of earlier releases are given their keys at the start. */
@Injectable()
export class MongoAccountSearch extends AccountSearch implements OnApplicationBootstrap {
  constructor(@InjectModel(AccountRecord.name) private readonly accounts: Model<AccountRecord>) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    for (;;) {
      const without = await this.accounts.find({ nameKeys: null }).limit(BATCH).lean<AccountRecord[]>();
      if (without.length === 0) return;
      await this.accounts.bulkWrite(
        without.map((record) => ({
          updateOne: { filter: { _id: record._id }, update: { $set: { nameKeys: nameKeys(record) } } },
        })),
      );
    }
  }

  async find({ text, role, after }: AccountQuery, limit: number): Promise<Account[]> {
    const which: QueryFilter<AccountRecord> = {
      ...(role && { role }),
      ...(after !== undefined && { _id: { $lt: after } }),
      ...(text !== undefined && whose(text)),
    };
    const records = await this.accounts.find(which).sort({ _id: -1 }).limit(limit).lean<AccountRecord[]>();
    return records.map(toAccount);
  }
}

/** Who has one id or one address is on one page: there is no second to begin after it. */
function whose(text: string): QueryFilter<AccountRecord> {
  if (ID.test(text)) return { _id: text.toLowerCase() };
  if (text.includes('@')) return { email: normaliseEmail(text) };
  const key = nameKeyOf(text);
  // Letters, figures and spaces only, so it is its own pattern.
  return key === '' ? { _id: { $in: [] } } : { nameKeys: { $regex: `^${key}` } };
}
