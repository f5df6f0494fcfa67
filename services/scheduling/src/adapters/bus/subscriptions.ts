import { Controller } from '@nestjs/common';
import {
  type DoctorPublishedV1,
  doctorPublishedV1,
  type DoctorSuspendedV1,
  doctorSuspendedV1,
  type PatientProfileUpdatedV1,
  patientProfileUpdatedV1,
  type PaymentAuthorisedV1,
  paymentAuthorisedV1,
  type PaymentCapturedV1,
  paymentCapturedV1,
  type PaymentData,
  type PaymentFailedV1,
  paymentFailedV1,
  type PaymentPendingV1,
  paymentPendingV1,
  type PaymentRefundedV1,
  paymentRefundedV1,
  type PaymentVoidedV1,
  paymentVoidedV1,
} from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { FollowPaymentHandler } from '../../application/follow-payment.js';
import { KnowPeopleHandler } from '../../application/know-people.js';
import type { PaymentStatus } from '../../domain/appointment-state.js';

const payments = { queue: 'scheduling.payments', dedupe: 'sequence' } as const;
const names = { dedupe: 'sequence' } as const;

@Controller()
export class Subscriptions {
  constructor(
    private readonly people: KnowPeopleHandler,
    private readonly payments: FollowPaymentHandler,
  ) {}

  @Subscribe(doctorPublishedV1, { queue: 'scheduling.doctors', ...names })
  async doctorPublished(
    { doctorId: id, firstName, lastName, photo, specializations, city }: DoctorPublishedV1,
    event: EventEnvelope<DoctorPublishedV1>,
  ) {
    const person = { id, firstName, lastName, ...(photo !== undefined && { photo }) };
    await this.people.doctorPublished({ ...person, specializations, city }, event.sequence);
  }

  @Subscribe(doctorSuspendedV1, { queue: 'scheduling.doctors', ...names })
  async doctorSuspended({ doctorId, reason }: DoctorSuspendedV1, event: EventEnvelope<DoctorSuspendedV1>) {
    await this.people.doctorSuspended(doctorId, reason !== 'incomplete', event.sequence);
  }

  @Subscribe(patientProfileUpdatedV1, { queue: 'scheduling.patients', ...names })
  async patientUpdated(
    { patientId: id, firstName, lastName, photo }: PatientProfileUpdatedV1,
    event: EventEnvelope<PatientProfileUpdatedV1>,
  ) {
    await this.people.patientUpdated(
      { id, firstName, lastName, ...(photo !== undefined && { photo }) },
      event.sequence,
    );
  }

  @Subscribe(paymentAuthorisedV1, payments)
  async authorised(data: PaymentAuthorisedV1, event: EventEnvelope<PaymentAuthorisedV1>) {
    await this.heard('authorised', data, event);
  }

  @Subscribe(paymentCapturedV1, payments)
  async captured(data: PaymentCapturedV1, event: EventEnvelope<PaymentCapturedV1>) {
    await this.heard('paid', data, event);
  }

  @Subscribe(paymentFailedV1, payments)
  async failed(data: PaymentFailedV1, event: EventEnvelope<PaymentFailedV1>) {
    await this.heard('failed', data, event);
  }

  @Subscribe(paymentPendingV1, payments)
  async pending(data: PaymentPendingV1, event: EventEnvelope<PaymentPendingV1>) {
    await this.heard(data.status, data, event);
  }

  @Subscribe(paymentVoidedV1, payments)
  async voided(data: PaymentVoidedV1, event: EventEnvelope<PaymentVoidedV1>) {
    await this.heard('voided', data, event);
  }

  @Subscribe(paymentRefundedV1, payments)
  async refunded(data: PaymentRefundedV1, event: EventEnvelope<PaymentRefundedV1>) {
    const whole = data.refunded.amount >= data.amount.amount;
    await this.heard(whole ? 'refunded' : 'partly-refunded', data, event, data.refunded.amount);
  }

  private heard(
    status: PaymentStatus,
    { appointmentId, paymentId }: PaymentData,
    { sequence }: EventEnvelope<object>,
    refunded?: number,
  ): Promise<void> {
    const payment = { status, paymentId, sequence, ...(refunded !== undefined && { refunded }) };
    return this.payments.execute(appointmentId, payment);
  }
}
