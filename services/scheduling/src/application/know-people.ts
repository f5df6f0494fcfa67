import { Injectable } from '@nestjs/common';
import type { Side } from '../domain/appointment-state.js';
import { Doctors, type ListedDoctor, Patients } from '../domain/doctors.js';
import { Clock } from '../domain/ports.js';
import { type NameChange, Renames } from '../domain/renames.js';
import { type NamedPerson, type Person, personOf } from '../domain/values.js';
import { Summaries } from './summaries.js';

/** Keeps up with what profiles tells of doctors and patients. */
@Injectable()
export class KnowPeopleHandler {
  constructor(
    private readonly doctors: Doctors,
    private readonly patients: Patients,
    private readonly renames: Renames,
    private readonly summaries: Summaries,
    private readonly clock: Clock,
  ) {}

  async doctorPublished(doctor: ListedDoctor, sequence: number): Promise<void> {
    const change = await this.doctors.show(doctor, sequence);
    await this.follow('doctor', { ...personOf(doctor), sequence }, change);
    this.summaries.touch(doctor.id);
  }

  /** @param isBarred may see nobody, rather than merely be found by nobody */
  async doctorSuspended(doctorId: string, isBarred: boolean, sequence: number): Promise<void> {
    if (isBarred) await this.doctors.bar(doctorId, this.clock.now(), sequence);
    else await this.doctors.hide(doctorId, sequence);
  }

  async patientUpdated(patient: Person, sequence: number): Promise<void> {
    const person = { ...personOf(patient), sequence };
    await this.follow('patient', person, await this.patients.keep(person));
  }

  /** Before profiles told of somebody, appointments have the name of the access token. */
  private async follow(side: Side, person: NamedPerson, change: NameChange): Promise<void> {
    if (change === 'none') return;
    if (change === 'other' || (await this.renames.hasAppointments(side, person.id)))
      await this.renames.want(side, person, this.clock.now());
  }
}
