import { Controller } from '@nestjs/common';
import {
  type AccountRegisteredV1,
  accountRegisteredV1,
  type AppointmentAcceptedV1,
  appointmentAcceptedV1,
  type AppointmentCancelledV1,
  appointmentCancelledV1,
  type AppointmentCompletedV1,
  appointmentCompletedV1,
  type AppointmentData,
  type AppointmentExpiredV1,
  appointmentExpiredV1,
  type AppointmentHeldV1,
  appointmentHeldV1,
  type AppointmentMissedV1,
  appointmentMissedV1,
  type AppointmentRejectedV1,
  appointmentRejectedV1,
  type AppointmentRequestedV1,
  appointmentRequestedV1,
  type DoctorPublishedV1,
  doctorPublishedV1,
  type PatientProfileUpdatedV1,
  patientProfileUpdatedV1,
} from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { FollowVisitsHandler } from '../../application/follow-visits.js';
import { KnowPeopleHandler } from '../../application/know-people.js';
import type { VisitStatus } from '../../domain/visit.js';

const appointments = { queue: 'feedback.appointments', dedupe: 'sequence' } as const;
const people = { queue: 'feedback.people', dedupe: 'sequence' } as const;

@Controller()
export class Subscriptions {
  constructor(
    private readonly visits: FollowVisitsHandler,
    private readonly people: KnowPeopleHandler,
  ) {}

  @Subscribe(appointmentHeldV1, appointments)
  async held(data: AppointmentHeldV1, event: EventEnvelope<AppointmentHeldV1>) {
    await this.follow('held', data, event);
  }

  @Subscribe(appointmentRequestedV1, appointments)
  async requested(data: AppointmentRequestedV1, event: EventEnvelope<AppointmentRequestedV1>) {
    await this.follow('requested', data, event);
  }

  @Subscribe(appointmentAcceptedV1, appointments)
  async accepted(data: AppointmentAcceptedV1, event: EventEnvelope<AppointmentAcceptedV1>) {
    await this.follow('accepted', data, event);
  }

  @Subscribe(appointmentRejectedV1, appointments)
  async rejected(data: AppointmentRejectedV1, event: EventEnvelope<AppointmentRejectedV1>) {
    await this.follow('rejected', data, event);
  }

  @Subscribe(appointmentCancelledV1, appointments)
  async cancelled(data: AppointmentCancelledV1, event: EventEnvelope<AppointmentCancelledV1>) {
    await this.follow('cancelled', data, event);
  }

  @Subscribe(appointmentCompletedV1, appointments)
  async completed(data: AppointmentCompletedV1, event: EventEnvelope<AppointmentCompletedV1>) {
    await this.follow('completed', data, event);
  }

  @Subscribe(appointmentMissedV1, appointments)
  async missed(data: AppointmentMissedV1, event: EventEnvelope<AppointmentMissedV1>) {
    await this.follow('missed', data, event);
  }

  @Subscribe(appointmentExpiredV1, appointments)
  async expired(data: AppointmentExpiredV1, event: EventEnvelope<AppointmentExpiredV1>) {
    await this.follow('expired', data, event);
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

  private follow(
    status: VisitStatus,
    { appointmentId, doctorId, patientId, startsAt }: AppointmentData,
    { sequence, time, replayed }: EventEnvelope<object>,
  ): Promise<void> {
    const visit = { appointmentId, doctorId, patientId, startsAt: new Date(startsAt), status, sequence };
    return this.visits.execute(visit, new Date(time), replayed);
  }
}
