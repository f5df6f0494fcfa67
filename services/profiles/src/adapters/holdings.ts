import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Holding, holding, Holdings } from '@medflow/messaging';
import type { Model } from 'mongoose';
import { DoctorProfile } from '../domain/doctor-profile.js';
import { doctorEventOf, patientEventOf } from './bus/publications.js';
import { type DoctorDocument, DoctorRecord, type PatientDocument, PatientRecord } from './mongo/schemas.js';

/** What this service tells again: who patients are, and which doctors may be found. */
@Injectable()
export class ProfilesHoldings extends Holdings {
  readonly all: readonly Holding[];

  constructor(
    @InjectModel(PatientRecord.name) patients: Model<PatientRecord>,
    @InjectModel(DoctorRecord.name) doctors: Model<DoctorRecord>,
  ) {
    super();
    this.all = [
      holding<PatientDocument>('patients', patients, ({ _id: id, ...state }) => [patientEventOf({ id, ...state })]),
      holding<DoctorDocument>('doctors', doctors, ({ _id: id, ...state }) => {
        const { lastFact } = DoctorProfile.restore({ id, ...state });
        return lastFact ? [doctorEventOf(lastFact)] : [];
      }),
    ];
  }
}
