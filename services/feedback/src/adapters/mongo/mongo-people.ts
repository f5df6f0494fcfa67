import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { DEFAULT_TIME_ZONE } from '../../domain/days.js';
import { People, type Person, type PersonNews } from '../../domain/people.js';
import { PersonRecord } from './schemas.js';

@Injectable()
export class MongoPeople extends People {
  constructor(
    @InjectModel(PersonRecord.name) private readonly people: Model<PersonRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  /** Each source has its own place, so that whichever speaks last cannot erase what only the other knows. */
  async keep({ id, source, ...word }: PersonNews): Promise<void> {
    const known = { $ifNull: [`$${source}.sequence`, -1] };
    // Literal: a name may begin with a dollar sign.
    const latest = { $cond: [{ $lt: [known, word.sequence] }, { $literal: word }, `$${source}`] };
    await this.people.collection.updateOne({ _id: id as never }, [{ $set: { [source]: latest } }], {
      upsert: true,
      session: this.transactions.session,
    });
  }

  async find(ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    if (ids.length === 0) return new Map();
    const records = await this.people.find({ _id: { $in: [...ids] } }).lean<PersonRecord[]>();
    return new Map(records.map((record) => [record._id, toPerson(record)]));
  }

  async timeZoneOf(id: string): Promise<string> {
    const record = await this.people.findById(id).lean<PersonRecord>();
    return record?.profiles?.timeZone ?? DEFAULT_TIME_ZONE;
  }
}

/** A profile is what people edit: where it has spoken, the words of the sign-up count no more. */
function toPerson({ _id: id, identity, profiles }: PersonRecord): Person {
  const { firstName = '', lastName = '' } = profiles ?? identity ?? {};
  return { id, firstName, lastName };
}
