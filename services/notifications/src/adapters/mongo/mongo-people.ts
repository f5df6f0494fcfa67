import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import type { Person } from '../../domain/notification.js';
import { People, type PersonNews } from '../../domain/ports.js';
import { PersonRecord } from './schemas.js';

const DEFAULT_TIME_ZONE = 'Africa/Tunis';

@Injectable()
export class MongoPeople extends People {
  constructor(
    @InjectModel(PersonRecord.name) private readonly people: Model<PersonRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async keep({ id, source, sequence, ...said }: PersonNews): Promise<void> {
    const { session } = this.transactions;
    const nobody = { firstName: '', lastName: '', identity: 0, profiles: 0 };
    await this.people.collection.updateOne({ _id: id as never }, { $setOnInsert: nobody }, { upsert: true, session });
    // A profile is what people edit: once it has spoken, the names of the sign-up count no more.
    const outdated =
      source === 'identity' ? { identity: { $lt: sequence }, profiles: 0 } : { profiles: { $lt: sequence } };
    await this.people.collection.updateOne(
      { _id: id as never, ...outdated },
      { $set: { ...said, [source]: sequence } },
      { session },
    );
  }

  async find(ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const records = await this.people
      .find({ _id: { $in: [...ids] } })
      .session(this.transactions.session ?? null)
      .lean<PersonRecord[]>();
    return new Map(
      records.map(({ _id: id, firstName, lastName, locale = 'fr', timeZone = DEFAULT_TIME_ZONE }) => [
        id,
        { id, firstName, lastName, locale, timeZone },
      ]),
    );
  }
}
