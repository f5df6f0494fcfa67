import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { People, type PersonKnown, type PersonNews } from '../../domain/charges.js';
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

  async find(ids: readonly string[]): Promise<ReadonlyMap<string, PersonKnown>> {
    const wanted = [...new Set(ids)];
    const records = await this.people
      .find({ _id: { $in: wanted } })
      .session(this.transactions.session ?? null)
      .lean<PersonRecord[]>();
    const found = new Map(records.map((record) => [record._id, toPerson(record)]));
    return new Map(wanted.map((id) => [id, found.get(id) ?? toPerson({ _id: id })]));
  }
}

/** A profile is what people edit: where it has spoken, the words of the sign-up count no more. */
function toPerson({ _id: id, identity, profiles }: PersonRecord): PersonKnown {
  const { firstName = '', lastName = '' } = profiles ?? identity ?? {};
  return {
    id,
    firstName,
    lastName,
    language: profiles?.language ?? identity?.language ?? 'fr',
    timeZone: profiles?.timeZone ?? DEFAULT_TIME_ZONE,
  };
}
