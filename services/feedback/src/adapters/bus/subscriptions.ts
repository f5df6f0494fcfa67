import { Controller } from '@nestjs/common';
import {
  type AccountRegisteredV1,
  accountRegisteredV1,
  type AppointmentCompletedV1,
  appointmentCompletedV1,
  type DoctorPublishedV1,
  doctorPublishedV1,
  type PatientProfileUpdatedV1,
  patientProfileUpdatedV1,
} from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { FollowVisitsHandler } from '../../application/follow-visits.js';
import { KnowPeopleHandler } from '../../application/know-people.js';

const appointments = { queue: 'feedback.appointments', dedupe: 'sequence' } as const;
const people = { queue: 'feedback.people', dedupe: 'sequence' } as const;

@Controller()
export class Subscriptions {
  constructor(
    private readonly visits: FollowVisitsHandler,
    private readonly people: KnowPeopleHandler,
  ) {}

  /** Nothing comes after it: whoever had the visit may rate it from now on. */
  @Subscribe(appointmentCompletedV1, appointments)
  async completed(
    { appointmentId, doctorId, patientId, startsAt }: AppointmentCompletedV1,
    { sequence, time, replayed }: EventEnvelope<AppointmentCompletedV1>,
  ) {
    const visit = { appointmentId, doctorId, patientId, startsAt: new Date(startsAt), sequence };
    await this.visits.execute({ ...visit, status: 'completed' }, new Date(time), replayed);
  }

  @Subscribe(accountRegisteredV1, people)
  async registered(
    { accountId: id, firstName, lastName }: AccountRegisteredV1,
    { sequence }: EventEnvelope<AccountRegisteredV1>,
  ) {
    await this.people.execute({ id, source: 'identity', sequence, firstName, lastName });
  }

  @Subscribe(patientProfileUpdatedV1, people)
  async patientUpdated(
    { patientId: id, firstName, lastName, timeZone }: PatientProfileUpdatedV1,
    { sequence }: EventEnvelope<PatientProfileUpdatedV1>,
  ) {
    await this.people.execute({ id, source: 'profiles', sequence, firstName, lastName, timeZone });
  }

  @Subscribe(doctorPublishedV1, people)
  async doctorPublished(
    { doctorId: id, firstName, lastName, timeZone }: DoctorPublishedV1,
    { sequence }: EventEnvelope<DoctorPublishedV1>,
  ) {
    await this.people.execute({ id, source: 'profiles', sequence, firstName, lastName, timeZone });
  }
}
