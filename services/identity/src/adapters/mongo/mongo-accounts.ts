import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { Account } from '../../domain/account.js';
import { EmailTaken } from '../../domain/errors.js';
import { AccountFacts, Accounts } from '../../domain/ports.js';
import { AccountRecord } from './schemas.js';

const toAccount = (record: AccountRecord | null): Account | undefined => {
  if (!record) return undefined;
  const { _id, ...rest } = record;
  return { id: _id, ...rest };
};

@Injectable()
export class MongoAccounts extends Accounts {
  constructor(
    @InjectModel(AccountRecord.name) private readonly accounts: Model<AccountRecord>,
    private readonly facts: AccountFacts,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async add({ id, ...account }: Account): Promise<void> {
    try {
      await this.transactions.run(async () => {
        await this.accounts.collection.insertOne({ _id: id, ...account } as never, {
          session: this.transactions.session,
        });
        await this.facts.registered({ id, ...account });
      });
    } catch (error) {
      if (isDuplicateKey(error)) throw new EmailTaken('an account has this e-mail');
      throw error;
    }
  }

  async byEmail(email: string): Promise<Account | undefined> {
    return toAccount(await this.accounts.findOne({ email }).lean<AccountRecord>());
  }

  async byId(id: string): Promise<Account | undefined> {
    return toAccount(await this.accounts.findById(id).lean<AccountRecord>());
  }

  async byRegistrationKey(key: string): Promise<Account | undefined> {
    return toAccount(await this.accounts.findOne({ 'registration.key': key }).lean<AccountRecord>());
  }
}
