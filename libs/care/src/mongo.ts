import { Injectable } from '@nestjs/common';
import { InjectModel, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { SequenceKept } from '@medflow/messaging';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import {
  CARE_LASTS_MONTHS,
  type CareRelation,
  type CareVisit,
  CareVisits,
  isOpen,
  latestBegun,
  opensCare,
  Practitioners,
  type VisitStatus,
} from './care.js';

@Schema({ collection: 'care_visits', versionKey: false })
export class CareVisitRecord {
  /** The appointment. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: String }) doctorId!: string;
  @Prop({ required: true, type: String }) patientId!: string;
  @Prop({ required: true, type: Date }) startsAt!: Date;
  @Prop({ required: true, type: Date }) endsAt!: Date;
  @Prop({ required: true, type: String }) mode!: CareVisit['mode'];
  @Prop({ required: true, type: String }) status!: VisitStatus;
  /** Follows from the status; it is here to be searched. */
  @Prop({ required: true, type: Boolean }) opensCare!: boolean;
  @Prop({ required: true, type: Number }) sequence!: number;
}

const visitSchema = SchemaFactory.createForClass(CareVisitRecord)
  .index({ doctorId: 1, endsAt: -1 })
  .index({ patientId: 1, endsAt: -1 })
  .index({ doctorId: 1, patientId: 1, endsAt: -1 });

@Schema({ collection: 'practitioners', versionKey: false })
export class PractitionerRecord {
  /** The doctor. */
  @Prop({ type: String }) _id!: string;
  @Prop({ required: true, type: Boolean }) mayPractise!: boolean;
  @Prop({ required: true, type: Number }) sequence!: number;
}

export const careModels = [
  { name: CareVisitRecord.name, schema: visitSchema },
  { name: PractitionerRecord.name, schema: SchemaFactory.createForClass(PractitionerRecord) },
];

/** Where the service's subscriptions note how far they are. */
export const careSequences = (service: string): SequenceKept[] => [
  { queue: `${service}.appointments`, collection: 'care_visits', sequence: 'sequence' },
  { queue: `${service}.doctors`, collection: 'practitioners', sequence: 'sequence' },
];

/** In one command: the document as the latest word has it. */
async function keepLatest(
  collection: Model<unknown>['collection'],
  word: { readonly _id: string; readonly sequence: number; readonly [field: string]: unknown },
  { session }: MongoTransactions,
): Promise<void> {
  const known = { $ifNull: ['$sequence', -1] };
  const latest = { $cond: [{ $lt: [known, word.sequence] }, { $literal: word }, '$$ROOT'] };
  await collection.updateOne({ _id: word._id as never }, [{ $replaceWith: latest }], { upsert: true, session });
}

const toVisit = ({ _id, opensCare: _, ...visit }: CareVisitRecord): CareVisit => ({ appointmentId: _id, ...visit });

@Injectable()
export class MongoCareVisits extends CareVisits {
  constructor(
    @InjectModel(CareVisitRecord.name) private readonly visits: Model<CareVisitRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async follow({ appointmentId, ...word }: CareVisit): Promise<void> {
    await keepLatest(
      this.visits.collection,
      { _id: appointmentId, ...word, opensCare: opensCare(word) },
      this.transactions,
    );
  }

  async find(appointmentId: string): Promise<CareVisit | undefined> {
    const record = await this.visits.findById(appointmentId).lean<CareVisitRecord>();
    return record ? toVisit(record) : undefined;
  }

  async relation(doctorId: string, patientId: string): Promise<CareRelation | undefined> {
    // A stage each: SecantusDB uses its index for the first.
    const [last] = await this.visits.collection
      .aggregate<CareVisitRecord>([
        { $match: { doctorId, patientId } },
        { $match: { opensCare: true } },
        { $sort: { endsAt: -1 } },
        { $limit: 1 },
      ])
      .toArray();
    return last && { doctorId, patientId, lastEndsAt: last.endsAt };
  }

  async lastEncounter(doctorId: string, patientId: string, now: Date): Promise<CareVisit | undefined> {
    const [last] = await this.visits.collection
      .aggregate<CareVisitRecord>([
        { $match: { doctorId, patientId } },
        { $match: { opensCare: true, startsAt: { $lte: latestBegun(now) } } },
        { $sort: { startsAt: -1 } },
        { $limit: 1 },
      ])
      .toArray();
    return last && toVisit(last);
  }

  patientsOf(doctorId: string, now: Date): Promise<CareRelation[]> {
    return this.relations({ doctorId }, now);
  }

  doctorsOf(patientId: string, now: Date): Promise<CareRelation[]> {
    return this.relations({ patientId }, now);
  }

  async completedOf(patientId: string, limit: number): Promise<CareVisit[]> {
    const records = await this.visits.collection
      .aggregate<CareVisitRecord>([
        { $match: { patientId } },
        { $match: { status: 'completed' } },
        { $sort: { endsAt: -1 } },
        { $limit: limit },
      ])
      .toArray();
    return records.map(toVisit);
  }

  private async relations(of: { doctorId: string } | { patientId: string }, now: Date): Promise<CareRelation[]> {
    const since = new Date(now);
    since.setUTCMonth(since.getUTCMonth() - CARE_LASTS_MONTHS, since.getUTCDate() - 4);
    const relations = await this.visits.collection
      .aggregate<CareRelation>([
        { $match: { ...of, endsAt: { $gte: since } } },
        { $match: { opensCare: true } },
        {
          $group: { _id: { doctorId: '$doctorId', patientId: '$patientId' }, lastEndsAt: { $max: '$endsAt' } },
        },
        { $project: { _id: 0, doctorId: '$_id.doctorId', patientId: '$_id.patientId', lastEndsAt: 1 } },
      ])
      .toArray();
    return relations.filter((relation) => isOpen(relation, now));
  }
}

@Injectable()
export class MongoPractitioners extends Practitioners {
  constructor(
    @InjectModel(PractitionerRecord.name) private readonly practitioners: Model<PractitionerRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async keep(doctorId: string, mayPractise: boolean, sequence: number): Promise<void> {
    await keepLatest(this.practitioners.collection, { _id: doctorId, mayPractise, sequence }, this.transactions);
  }

  async mayPractise(doctorId: string): Promise<boolean> {
    const record = await this.practitioners.findById(doctorId).lean<PractitionerRecord>();
    return record?.mayPractise ?? false;
  }
}
