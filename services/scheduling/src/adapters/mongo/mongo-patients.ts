import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import { LRUCache } from 'lru-cache';
import type { Model } from 'mongoose';
import { Patients } from '../../domain/doctors.js';
import { nameChangeOf, type NameChange } from '../../domain/renames.js';
import { type NamedPerson, type Person, personOf } from '../../domain/values.js';
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
    const { _id: id, sequence } = record;
    const person = { ...personOf({ ...record, id }), sequence };
    this.known.set(patientId, person);
    return person;
  }

  async keep(person: NamedPerson): Promise<NameChange> {
    const { id, sequence, photo } = person;
    const { id: _, ...named } = personOf(person);
    const { session } = this.transactions;
    const before = await this.patients
      .findById(id)
      .session(session ?? null)
      .lean<PatientRecord>();
    if (before && before.sequence >= sequence) return 'none';
    await this.patients.collection.updateOne(
      { _id: id as never },
      { $set: { ...named, sequence }, ...(photo === undefined && { $unset: { photo: '' } }) },
      { upsert: true, session },
    );
    this.transactions.afterCommit(() => this.known.delete(id));
    return nameChangeOf(before ?? undefined, person);
  }
}
