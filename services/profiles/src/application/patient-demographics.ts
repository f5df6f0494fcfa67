import { Injectable } from '@nestjs/common';
import { NotFound } from '../domain/errors.js';
import type { PatientState } from '../domain/patient-profile.js';
import { Patients } from '../domain/profiles.js';

export type PatientDemographics = Pick<PatientState, 'birthDate' | 'gender' | 'bloodGroup' | 'phone'>;

@Injectable()
export class PatientDemographicsHandler {
  constructor(private readonly patients: Patients) {}

  /** @throws NotFound for whom has no profile */
  async of(patientId: string): Promise<PatientDemographics> {
    const profile = await this.patients.find(patientId);
    if (!profile) throw new NotFound(`patient ${patientId}`);
    const { birthDate, gender, bloodGroup, phone } = profile.state;
    return { birthDate, gender, bloodGroup, phone };
  }
}
