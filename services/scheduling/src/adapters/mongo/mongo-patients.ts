import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import { LRUCache } from 'lru-cache';
import type { Model } from 'mongoose';
import { Patients } from '../../domain/doctors.js';
import type { Person } from '../../domain/values.js';
import { PatientRecord } from './schemas.js';

@Injectable()
export class MongoPatients extends Patients {
  /** Names seldom change, and another replica's change shows a minute later at worst. */
  private readonly known = new LRUCache<string, Person>({ max: 5_000, ttl: 60_000 });

  constructor(
    @InjectModel(PatientRecord.name) private readonly patients: Model<PatientRecord>,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async find(patientId: string): Promise<Person | undefined> {
    const known = this.known.get(patientId);
    if (known) return known;
    const record = await this.patients.findById(patientId).lean<PatientRecord>();
    if (!record) return undefined;
    const person = { id: record._id, firstName: record.firstName, lastName: record.lastName };
    this.known.set(patientId, person);
    return person;
  }

  async keep({ id, firstName, lastName }: Person, sequence: number): Promise<void> {
    const { session } = this.transactions;
    this.transactions.afterCommit(() => this.known.delete(id));
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
