import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { type Account, AccountFacts, Accounts, type Registration } from '../../domain/account.js';
import { EmailTaken, RegistrationRepeated } from '../../domain/errors.js';
import { AccountRecord, RegistrationRecord } from './schemas.js';

const toAccount = (record: AccountRecord | null): Account | undefined => {
  if (!record) return undefined;
  const { _id, ...account } = record;
  return { id: _id, ...account };
};

/** Says which of two unique values a write met. */
async function unless(taken: Error, write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw isDuplicateKey(error) ? taken : error;
  }
}

@Injectable()
export class MongoAccounts extends Accounts {
  constructor(
    @InjectModel(AccountRecord.name) private readonly accounts: Model<AccountRecord>,
    @InjectModel(RegistrationRecord.name) private readonly registrations: Model<RegistrationRecord>,
    private readonly facts: AccountFacts,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async add(account: Account, registration?: Registration): Promise<void> {
    const { id, ...rest } = account;
    await this.transactions.run(async () => {
      const { session } = this.transactions;
      if (registration) {
        const record = { _id: registration.key, body: registration.body, accountId: id, at: account.createdAt };
        const repeated = new RegistrationRepeated('a sign-up came with this key before');
        await unless(repeated, this.registrations.collection.insertOne(record as never, { session }));
      }
      const taken = new EmailTaken('an account has this e-mail');
      await unless(taken, this.accounts.collection.insertOne({ _id: id, ...rest } as never, { session }));
      await this.facts.registered(account);
    });
  }

  async byEmail(email: string): Promise<Account | undefined> {
    return toAccount(await this.accounts.findOne({ email }).lean<AccountRecord>());
  }

  async byId(id: string): Promise<Account | undefined> {
    return toAccount(await this.accounts.findById(id).lean<AccountRecord>());
  }

  async registered(key: string): Promise<{ accountId: string; body: string } | undefined> {
    const record = await this.registrations.findById(key).lean<RegistrationRecord>();
    return record ? { accountId: record.accountId, body: record.body } : undefined;
  }

  async changePassword(id: string, before: string, after: string): Promise<boolean> {
    const update = await this.accounts.updateOne({ _id: id, passwordHash: before }, { $set: { passwordHash: after } });
    return update.modifiedCount === 1;
  }

  async rehash(id: string, before: string, after: string): Promise<void> {
    await this.accounts.updateOne({ _id: id, passwordHash: before }, { $set: { passwordHash: after } });
  }
}
