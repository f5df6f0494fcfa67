import { Controller, type Type } from '@nestjs/common';
import {
  type AppointmentAcceptedV1,
  appointmentAcceptedV1,
  type AppointmentCancelledV1,
  appointmentCancelledV1,
  type AppointmentCompletedV1,
  appointmentCompletedV1,
  type AppointmentData,
  type AppointmentExpiredV1,
  appointmentExpiredV1,
  type AppointmentMissedV1,
  appointmentMissedV1,
  type AppointmentRejectedV1,
  appointmentRejectedV1,
  type AppointmentRescheduledV1,
  appointmentRescheduledV1,
  type AppointmentRescheduleDeclinedV1,
  appointmentRescheduleDeclinedV1,
  type AppointmentRescheduleProposedV1,
  appointmentRescheduleProposedV1,
  type DoctorPublishedV1,
  doctorPublishedV1,
  type DoctorSuspendedV1,
  doctorSuspendedV1,
} from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { CareVisits, Practitioners, type VisitStatus } from './care.js';

export interface CareSubscriptions {
  readonly visits: CareVisits;
}

/** Keeps the service's {@link CareVisits} and {@link Practitioners} up with what scheduling and profiles tell. */
export function careSubscriptions(service: string): Type<CareSubscriptions> {
  const appointments = { queue: `${service}.appointments`, dedupe: 'sequence' } as const;
  const doctors = { queue: `${service}.doctors`, dedupe: 'sequence' } as const;

  @Controller()
  class SubscriptionsToCare implements CareSubscriptions {
    constructor(
      readonly visits: CareVisits,
      readonly practitioners: Practitioners,
    ) {}

    @Subscribe(appointmentAcceptedV1, appointments)
    async accepted(data: AppointmentAcceptedV1, event: EventEnvelope<AppointmentAcceptedV1>) {
      await this.heard('accepted', data, event);
    }

    @Subscribe(appointmentRescheduledV1, appointments)
    async rescheduled(data: AppointmentRescheduledV1, event: EventEnvelope<AppointmentRescheduledV1>) {
      await this.heard(data.status, data, event);
    }

    /** Nothing changes by it; told again it may be all that is heard of the appointment. */
    @Subscribe(appointmentRescheduleProposedV1, appointments)
    async proposed(data: AppointmentRescheduleProposedV1, event: EventEnvelope<AppointmentRescheduleProposedV1>) {
      await this.heard(data.status, data, event);
    }

    @Subscribe(appointmentRescheduleDeclinedV1, appointments)
    async declined(data: AppointmentRescheduleDeclinedV1, event: EventEnvelope<AppointmentRescheduleDeclinedV1>) {
      await this.heard(data.status, data, event);
    }

    @Subscribe(appointmentRejectedV1, appointments)
    async rejected(data: AppointmentRejectedV1, event: EventEnvelope<AppointmentRejectedV1>) {
      await this.heard('called-off', data, event);
    }

    @Subscribe(appointmentCancelledV1, appointments)
    async cancelled(data: AppointmentCancelledV1, event: EventEnvelope<AppointmentCancelledV1>) {
      await this.heard('called-off', data, event);
    }

    @Subscribe(appointmentExpiredV1, appointments)
    async expired(data: AppointmentExpiredV1, event: EventEnvelope<AppointmentExpiredV1>) {
      await this.heard('called-off', data, event);
    }

    @Subscribe(appointmentCompletedV1, appointments)
    async completed(data: AppointmentCompletedV1, event: EventEnvelope<AppointmentCompletedV1>) {
      await this.heard('completed', data, event);
    }

    @Subscribe(appointmentMissedV1, appointments)
    async missed(data: AppointmentMissedV1, event: EventEnvelope<AppointmentMissedV1>) {
      await this.heard('missed', data, event);
    }

    @Subscribe(doctorPublishedV1, doctors)
    async published({ doctorId }: DoctorPublishedV1, { sequence }: EventEnvelope<DoctorPublishedV1>) {
      await this.practitioners.keep(doctorId, true, sequence);
    }

    /** Who merely has a field to fill in may go on seeing patients. */
    @Subscribe(doctorSuspendedV1, doctors)
    async suspended({ doctorId, reason }: DoctorSuspendedV1, { sequence }: EventEnvelope<DoctorSuspendedV1>) {
      await this.practitioners.keep(doctorId, reason === 'incomplete', sequence);
    }

    private heard(
      status: VisitStatus,
      { appointmentId, doctorId, patientId, startsAt, endsAt, mode }: AppointmentData,
      { sequence }: EventEnvelope<AppointmentData>,
    ): Promise<void> {
      const times = { startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
      return this.visits.follow({ appointmentId, doctorId, patientId, ...times, mode, status, sequence });
    }
  }

  return SubscriptionsToCare;
}
