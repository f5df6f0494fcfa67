import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model, mongo } from 'mongoose';
import { FactLog } from '../../domain/facts.js';
import { PatientProfile } from '../../domain/patient-profile.js';
import { Patients } from '../../domain/profiles.js';
import { MongoPhotos } from './mongo-photos.js';
import { type PatientDocument, PatientRecord } from './schemas.js';
import { savingWith, writeVersion } from './versioned-store.js';

@Injectable()
export class MongoPatients extends Patients {
  constructor(
    @InjectModel(PatientRecord.name) private readonly model: Model<PatientRecord>,
    private readonly photos: MongoPhotos,
    private readonly facts: FactLog,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async find(patientId: string): Promise<PatientProfile | undefined> {
    const record = await this.patients.findOne({ _id: patientId }, { session: this.transactions.session });
    if (!record) return undefined;
    const { _id: id, ...state } = record;
    return PatientProfile.restore({ id, ...state });
  }

  async save(profile: PatientProfile): Promise<void> {
    const { id: _id, ...state } = profile.state;
    await savingWith(this.transactions, async () => {
      await writeVersion(this.patients, { _id, ...state }, profile.savedVersion, this.transactions);
      await this.photos.apply(profile.photoChange);
      await this.facts.patientUpdated(profile.state);
    });
  }

  private get patients() {
    return this.model.collection as unknown as mongo.Collection<PatientDocument>;
  }
}
