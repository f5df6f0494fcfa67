import { Injectable } from '@nestjs/common';
import { Appointments } from '../domain/appointments.js';
import { Doctors, type ListedDoctor, Patients } from '../domain/doctors.js';
import { Clock } from '../domain/ports.js';
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
    private readonly clock: Clock,
  ) {}

  async doctorPublished(doctor: ListedDoctor, sequence: number): Promise<void> {
    await this.doctors.show(doctor, sequence);
    await this.appointments.rename('doctor', doctor.id, doctor);
    this.summaries.touch(doctor.id);
  }

  /** @param isBarred may see nobody, rather than merely be found by nobody */
  async doctorSuspended(doctorId: string, isBarred: boolean, sequence: number): Promise<void> {
    if (isBarred) await this.doctors.bar(doctorId, this.clock.now(), sequence);
    else await this.doctors.hide(doctorId, sequence);
  }

  async patientUpdated(patient: Person, sequence: number): Promise<void> {
    await this.patients.keep(patient, sequence);
    await this.appointments.rename('patient', patient.id, patient);
  }
}
