import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { MongoTransactions } from '@medflow/service-kit';
import type { Model, mongo } from 'mongoose';
import type { Verification } from '../../domain/codes.js';
import { DoctorProfile } from '../../domain/doctor-profile.js';
import type { DoctorState } from '../../domain/doctor-state.js';
import { FactLog } from '../../domain/facts.js';
import { Doctors, type QueuePlace } from '../../domain/profiles.js';
import { MongoDirectory } from './mongo-directory.js';
import { MongoLicenceProofs } from './mongo-licence-proofs.js';
import { MongoPhotos } from './mongo-photos.js';
import { type DoctorDocument, DoctorRecord } from './schemas.js';
import { savingWith, writeVersion } from './versioned-store.js';

const toState = ({ _id: id, ...state }: DoctorDocument): DoctorState => ({ id, ...state });

@Injectable()
export class MongoDoctors extends Doctors {
  constructor(
    @InjectModel(DoctorRecord.name) private readonly model: Model<DoctorRecord>,
    private readonly directory: MongoDirectory,
    private readonly photos: MongoPhotos,
    private readonly proofs: MongoLicenceProofs,
    private readonly facts: FactLog,
    private readonly transactions: MongoTransactions,
  ) {
    super();
  }

  async find(doctorId: string): Promise<DoctorProfile | undefined> {
    const record = await this.doctors.findOne({ _id: doctorId }, { session: this.transactions.session });
    return record ? DoctorProfile.restore(toState(record)) : undefined;
  }

  async save(profile: DoctorProfile): Promise<void> {
    const { id: _id, ...state } = profile.state;
    await savingWith(this.transactions, async () => {
      await writeVersion(this.doctors, { _id, ...state }, profile.savedVersion, this.transactions);
      await this.photos.apply(profile.photoChange);
      await this.proofs.apply(profile.proofChange);
      for (const fact of profile.facts) {
        await (fact.name === 'published' ? this.directory.show(fact.card) : this.directory.hide(fact.doctorId));
      }
      await this.facts.doctor(profile.facts);
    });
  }

  async queue(verification: Verification, limit: number, after?: QueuePlace): Promise<DoctorState[]> {
    const beyond = after && {
      // The first clause bounds the index scan, the second breaks ties.
      queuedAt: { $gte: after.queuedAt },
      $or: [{ queuedAt: { $gt: after.queuedAt } }, { _id: { $gt: after.id } }],
    };
    const records = await this.doctors
      .find({ verification, ...beyond })
      .sort({ queuedAt: 1, _id: 1 })
      .limit(limit)
      .toArray();
    return records.map(toState);
  }

  private get doctors() {
    return this.model.collection as unknown as mongo.Collection<DoctorDocument>;
  }
}
