import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { PersonRecord, personOfRecord } from '@medflow/people/mongo';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { type KnownDoctor, Practices } from '../../domain/practices.js';

/** Stands with what else is known of the doctor. */
interface DoctorRecord extends PersonRecord {
  /** Profiles' last word on whether the doctor may see patients. */
  practice?: { isBarred: boolean; sequence: number };
}

@Injectable()
export class MongoPractices extends Practices {
  constructor(
    @InjectModel(PersonRecord.name) private readonly people: Model<DoctorRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async keep(doctorId: string, isBarred: boolean, sequence: number): Promise<void> {
    const isLater = { $lt: [{ $ifNull: ['$practice.sequence', -1] }, sequence] };
    const practice = { $cond: [isLater, { $literal: { isBarred, sequence } }, '$practice'] };
    await this.people.collection.updateOne({ _id: doctorId as never }, [{ $set: { practice } }], {
      upsert: true,
      session: this.transactions.session,
    });
  }

  async isBarred(doctorId: string): Promise<boolean> {
    const record = await this.people.findById(doctorId, { practice: 1 }).lean<DoctorRecord>();
    return record?.practice?.isBarred ?? false;
  }

  async doctor(doctorId: string): Promise<KnownDoctor> {
    const record = await this.people.findById(doctorId).lean<DoctorRecord>();
    return {
      person: personOfRecord(record ?? { _id: doctorId }),
      isBarred: record?.practice?.isBarred ?? false,
    };
  }
}
