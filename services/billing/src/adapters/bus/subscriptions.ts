import { Controller } from '@nestjs/common';
import {
  type AppointmentAcceptedV1,
  appointmentAcceptedV1,
  type AppointmentCancelledV1,
  appointmentCancelledV1,
  type AppointmentCompletedV1,
  appointmentCompletedV1,
  type AppointmentData,
  type AppointmentDoctorAvailableV1,
  appointmentDoctorAvailableV1,
  type AppointmentDoctorUnavailableV1,
  appointmentDoctorUnavailableV1,
  type AppointmentExpiredV1,
  appointmentExpiredV1,
  type AppointmentHeldV1,
  appointmentHeldV1,
  type AppointmentHoldLostV1,
  appointmentHoldLostV1,
  type AppointmentMissedV1,
  appointmentMissedV1,
  type AppointmentRejectedV1,
  appointmentRejectedV1,
  type AppointmentRequestedV1,
  appointmentRequestedV1,
  type AppointmentRescheduleDeclinedV1,
  appointmentRescheduleDeclinedV1,
  type AppointmentRescheduleLapsedV1,
  appointmentRescheduleLapsedV1,
  type AppointmentRescheduledV1,
  appointmentRescheduledV1,
  type AppointmentRescheduleProposedV1,
  appointmentRescheduleProposedV1,
  type MoneyData,
} from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { MongoTransactions } from '@medflow/service-kit';
import { FollowAppointmentHandler } from '../../application/follow-appointment.js';
import type { AppointmentStatus, ChargeStatus } from '../../domain/charge-state.js';

const appointments = { queue: 'billing.appointments', dedupe: 'sequence' } as const;

@Controller()
export class Subscriptions {
  constructor(
    private readonly follow: FollowAppointmentHandler,
    private readonly transactions: MongoTransactions,
  ) {}

  @Subscribe(appointmentHeldV1, appointments)
  async held(data: AppointmentHeldV1, event: EventEnvelope<AppointmentHeldV1>) {
    await this.heard('held', data, event);
  }

  @Subscribe(appointmentRequestedV1, appointments)
  async requested(data: AppointmentRequestedV1, event: EventEnvelope<AppointmentRequestedV1>) {
    await this.heard('requested', data, event);
  }

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

  @Subscribe(appointmentRescheduleLapsedV1, appointments)
  async lapsed(data: AppointmentRescheduleLapsedV1, event: EventEnvelope<AppointmentRescheduleLapsedV1>) {
    await this.heard(data.status, data, event);
  }

  @Subscribe(appointmentDoctorUnavailableV1, appointments)
  async doctorUnavailable(data: AppointmentDoctorUnavailableV1, event: EventEnvelope<AppointmentDoctorUnavailableV1>) {
    await this.heard('without-doctor', data, event);
  }

  @Subscribe(appointmentDoctorAvailableV1, appointments)
  async doctorAvailable(data: AppointmentDoctorAvailableV1, event: EventEnvelope<AppointmentDoctorAvailableV1>) {
    await this.heard('accepted', data, event);
  }

  @Subscribe(appointmentRejectedV1, appointments)
  async rejected(data: AppointmentRejectedV1, event: EventEnvelope<AppointmentRejectedV1>) {
    await this.heard('rejected', data, event);
  }

  @Subscribe(appointmentCancelledV1, appointments)
  async cancelled(data: AppointmentCancelledV1, event: EventEnvelope<AppointmentCancelledV1>) {
    // Whatever the policy says of the patient's cancelling, the doctor's gives all back.
    await this.heard('cancelled', data, event, data.by === 'patient' ? data.refund : undefined);
  }

  @Subscribe(appointmentCompletedV1, appointments)
  async completed(data: AppointmentCompletedV1, event: EventEnvelope<AppointmentCompletedV1>) {
    await this.heard('completed', data, event);
  }

  @Subscribe(appointmentMissedV1, appointments)
  async missed(data: AppointmentMissedV1, event: EventEnvelope<AppointmentMissedV1>) {
    await this.heard('missed', data, event);
  }

  @Subscribe(appointmentExpiredV1, appointments)
  async expired(data: AppointmentExpiredV1, event: EventEnvelope<AppointmentExpiredV1>) {
    await this.heard('expired', data, event);
  }

  @Subscribe(appointmentHoldLostV1, appointments)
  async holdLost(data: AppointmentHoldLostV1, event: EventEnvelope<AppointmentHoldLostV1>) {
    await this.heard('lost', data, event);
  }

  private heard(
    status: AppointmentStatus,
    {
      appointmentId,
      patientId,
      doctorId,
      startsAt,
      mode,
      price,
      payment = 'after-acceptance',
      knownPayment,
    }: AppointmentData,
    { sequence }: EventEnvelope<object>,
    refund?: MoneyData,
  ): Promise<void> {
    const news = {
      appointmentId,
      patientId,
      doctorId,
      startsAt: new Date(startsAt),
      mode,
      price: { amount: price.amount, currency: price.currency },
      timing: payment,
      status,
      sequence,
      ...(refund && { refund: refund.amount }),
      ...(knownPayment && { knownPayment: { ...knownPayment, status: knownPayment.status as ChargeStatus } }),
    };
    return this.transactions.gather(this.follow, [news], (all) => this.follow.execute(all));
  }
}
