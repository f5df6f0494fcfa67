import { Controller } from '@nestjs/common';
import {
  type DoctorPublishedV1,
  doctorPublishedV1,
  type DoctorSuspendedV1,
  doctorSuspendedV1,
  type PatientProfileUpdatedV1,
  patientProfileUpdatedV1,
} from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { KnowPeopleHandler } from '../../application/know-people.js';

@Controller()
export class Subscriptions {
  constructor(private readonly people: KnowPeopleHandler) {}

  @Subscribe(doctorPublishedV1, { queue: 'scheduling.doctors' })
  async doctorPublished(
    { doctorId: id, firstName, lastName }: DoctorPublishedV1,
    event: EventEnvelope<DoctorPublishedV1>,
  ) {
    await this.people.doctorPublished({ id, firstName, lastName }, event.sequence);
  }

  @Subscribe(doctorSuspendedV1, { queue: 'scheduling.doctors' })
  async doctorSuspended({ doctorId }: DoctorSuspendedV1, event: EventEnvelope<DoctorSuspendedV1>) {
    await this.people.doctorSuspended(doctorId, event.sequence);
  }

  @Subscribe(patientProfileUpdatedV1, { queue: 'scheduling.patients' })
  async patientUpdated(
    { patientId: id, firstName, lastName }: PatientProfileUpdatedV1,
    event: EventEnvelope<PatientProfileUpdatedV1>,
  ) {
    await this.people.patientUpdated({ id, firstName, lastName }, event.sequence);
  }
}
