import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model } from 'mongoose';
import { Patients } from '../../domain/doctors.js';
import type { Person } from '../../domain/values.js';
import { PatientRecord } from './schemas.js';

@Injectable()
export class MongoPatients extends Patients {
  constructor(
    @InjectModel(PatientRecord.name) private readonly patients: Model<PatientRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async find(patientId: string): Promise<Person | undefined> {
    const record = await this.patients.findById(patientId).lean<PatientRecord>();
    return record ? { id: record._id, firstName: record.firstName, lastName: record.lastName } : undefined;
  }

  async keep({ id, firstName, lastName }: Person, sequence: number): Promise<void> {
    const { session } = this.transactions;
    const filter = { _id: id as never };
    await this.patients.collection.updateOne(
      filter,
      { $setOnInsert: { firstName, lastName, sequence } },
      { upsert: true, session },
    );
    await this.patients.collection.updateOne(
      { ...filter, sequence: { $lt: sequence } },
      { $set: { firstName, lastName, sequence } },
      { session },
    );
  }
}
