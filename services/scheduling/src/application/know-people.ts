import { Injectable } from '@nestjs/common';
import { Appointments } from '../domain/appointments.js';
import { Doctors, Patients } from '../domain/doctors.js';
import type { Person } from '../domain/values.js';
import { Summaries } from './summaries.js';

/** Keeps up with what profiles tells of doctors and patients. */
@Injectable()
export class KnowPeopleHandler {
  constructor(
    private readonly doctors: Doctors,
    private readonly patients: Patients,
    private readonly appointments: Appointments,
    private readonly summaries: Summaries,
  ) {}

  async doctorPublished(doctor: Person, sequence: number): Promise<void> {
    await this.doctors.showAs(doctor, true, sequence);
    await this.appointments.rename('doctor', doctor.id, doctor);
    this.summaries.touch(doctor.id);
  }

  async doctorSuspended(doctorId: string, sequence: number): Promise<void> {
    await this.doctors.hide(doctorId, sequence);
  }

  async patientUpdated(patient: Person, sequence: number): Promise<void> {
    await this.patients.keep(patient, sequence);
    await this.appointments.rename('patient', patient.id, patient);
  }
}
