import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import {
  type Account,
  AccountFacts,
  Accounts,
  type Registration,
  type Suspension,
  UNPROVEN_LETTER_SECONDS,
} from '../../domain/account.js';
import { nameKeys } from '../../domain/account-search.js';
import { EmailTaken, RegistrationRepeated } from '../../domain/errors.js';
import { toAccount } from './account-of-record.js';
import { AccountRecord, RegistrationRecord } from './schemas.js';

/** Says which of two unique values a write met. */
async function unless(taken: Error, write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw isDuplicateKey(error) ? taken : error;
  }
}

const known = (record: AccountRecord | null): Account | undefined => (record ? toAccount(record) : undefined);

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
    const row = { _id: id, ...rest, nameKeys: nameKeys(account) };
    await this.transactions.run(async () => {
      const { session } = this.transactions;
      if (registration) {
        const record = { _id: registration.key, body: registration.body, accountId: id, at: account.createdAt };
        const repeated = new RegistrationRepeated('a sign-up came with this key before');
        await unless(repeated, this.registrations.collection.insertOne(record as never, { session }));
      }
      const taken = new EmailTaken('an account has this e-mail');
      await unless(taken, this.accounts.collection.insertOne(row as never, { session }));
      await this.facts.registered(account);
    });
  }

  async byEmail(email: string): Promise<Account | undefined> {
    return known(await this.accounts.findOne({ email }, null, this.ambient).lean<AccountRecord>());
  }

  async byId(id: string): Promise<Account | undefined> {
    return known(await this.accounts.findById(id, null, this.ambient).lean<AccountRecord>());
  }

  async registered(key: string): Promise<{ accountId: string; body: string } | undefined> {
    const record = await this.registrations.findById(key).lean<RegistrationRecord>();
    return record ? { accountId: record.accountId, body: record.body } : undefined;
  }

  changePassword(id: string, before: string, after: string): Promise<boolean> {
    return this.changed({ _id: id, passwordHash: before }, { $set: { passwordHash: after } });
  }

  rehash(id: string, before: string, after: string): Promise<boolean> {
    return this.changed({ _id: id, passwordHash: before }, { $set: { passwordHash: after } });
  }

  async resetPassword(id: string, hash: string): Promise<void> {
    await this.changed({ _id: id }, { $set: { passwordHash: hash } });
  }

  takeUnprovenLetter(id: string, now: Date): Promise<boolean> {
    const tooLate = new Date(now.getTime() - UNPROVEN_LETTER_SECONDS * 1000);
    // Also where there was none.
    const free = { _id: id, emailVerified: false, unprovenLetterAt: { $not: { $gt: tooLate } } };
    return this.changed(free, { $set: { unprovenLetterAt: now } });
  }

  proveEmail(id: string, email: string): Promise<Account | undefined> {
    return this.become({ _id: id, email }, { $set: { emailVerified: true }, $unset: { unprovenLetterAt: 1 } });
  }

  suspend(id: string, suspension: Suspension): Promise<Account | undefined> {
    return this.transactions.run(async () => {
      const change = { $set: { suspension }, $inc: { factsTold: 1 } };
      const account = await this.become({ _id: id, suspension: { $exists: false } }, change);
      if (account) await this.facts.suspended(account, suspension.at);
      return account;
    });
  }

  reinstate(id: string, now: Date): Promise<Account | undefined> {
    return this.transactions.run(async () => {
      const change = { $unset: { suspension: 1 }, $inc: { factsTold: 1 } };
      const account = await this.become({ _id: id, suspension: { $exists: true } }, change);
      if (account) await this.facts.reinstated(account, now);
      return account;
    });
  }

  /** A write, so that it and a suspension of the same account cannot both commit. */
  actAsAdministrator(id: string): Promise<boolean> {
    return this.changed({ _id: id, role: 'admin', suspension: { $exists: false } }, { $inc: { adminActs: 1 } });
  }

  private get ambient() {
    const { session } = this.transactions;
    return session ? { session } : {};
  }

  private async changed(which: object, change: object): Promise<boolean> {
    return (await this.accounts.updateOne(which, change, this.ambient)).matchedCount === 1;
  }

  private async become(which: object, change: object): Promise<Account | undefined> {
    const options = { ...this.ambient, returnDocument: 'after' as const };
    return known(await this.accounts.findOneAndUpdate(which, change, options).lean<AccountRecord>());
  }
}
