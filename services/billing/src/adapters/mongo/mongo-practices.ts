import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { Practices } from '../../domain/practices.js';
import { PersonRecord } from './schemas.js';

@Injectable()
export class MongoPractices extends Practices {
  constructor(
    @InjectModel(PersonRecord.name) private readonly people: Model<PersonRecord>,
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
    const record = await this.people.findById(doctorId, { practice: 1 }).lean<PersonRecord>();
    return record?.practice?.isBarred ?? false;
  }
}
