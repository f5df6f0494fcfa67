import { Injectable } from '@nestjs/common';
import { InjectModel, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { SequenceKept } from '@medflow/messaging';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { type Language, People, type Person, type PersonNews, personOf, type Told } from './people.js';

/** Notifications of earlier releases called the language so. */
interface EarlierWord {
  readonly locale?: Language;
}

/** Each source has its own place, so that whichever speaks last cannot erase what only the other knows. */
@Schema({ collection: 'people', versionKey: false })
export class PersonRecord implements Told {
  @Prop({ type: String }) _id!: string;
  @Prop({ type: Object }) identity?: NonNullable<Told['identity']> & EarlierWord;
  @Prop({ type: Object }) profiles?: NonNullable<Told['profiles']> & EarlierWord;
  @Prop({ type: Object }) scheduling?: NonNullable<Told['scheduling']>;
}

export const personModel = { name: PersonRecord.name, schema: SchemaFactory.createForClass(PersonRecord) };

const NAMES: readonly PersonNews['source'][] = ['identity', 'profiles'];
/** For services that take the plans of doctors, too. */
export const NAMES_AND_PLANS: typeof NAMES = [...NAMES, 'scheduling'];

/** Where the service's subscriptions note how far they are. */
export const peopleSequences = (service: string, sources = NAMES): SequenceKept[] =>
  sources.map((source) => ({
    queue: `${service}.people`,
    from: `${source}.`,
    collection: 'people',
    sequence: `${source}.sequence`,
  }));

@Injectable()
export class MongoPeople extends People {
  constructor(
    @InjectModel(PersonRecord.name) private readonly people: Model<PersonRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

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
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Map();
    const records = await this.people
      .find({ _id: { $in: wanted } })
      .session(this.transactions.session ?? null)
      .lean<PersonRecord[]>();
    const told = new Map(records.map(({ _id, ...record }) => [_id, toldOf(record)]));
    return new Map(wanted.map((id) => [id, personOf(id, told.get(id) ?? {})]));
  }
}

export const personOfRecord = ({ _id, ...record }: PersonRecord): Person => personOf(_id, toldOf(record));

function toldOf({ identity, profiles, scheduling }: Omit<PersonRecord, '_id'>): Told {
  const named = <T extends EarlierWord>({ locale, ...word }: T) => ({ ...(locale && { language: locale }), ...word });
  return {
    ...(identity && { identity: named(identity) }),
    ...(profiles && { profiles: named(profiles) }),
    ...(scheduling && { scheduling }),
  };
}
