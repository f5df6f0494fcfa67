import { Controller } from '@nestjs/common';
import {
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
import { NotifyHandler } from '../../application/notify.js';
import type { Kind, Money } from '../../domain/notification.js';
import { ToldAgain } from './told-again.js';

const payments = { queue: 'notifications.payments', dedupe: 'inbox' } as const;

/** What people are told of their money. */
@Controller()
export class PaymentSubscriptions {
  constructor(
    private readonly notify: NotifyHandler,
    private readonly again: ToldAgain,
  ) {}

  @Subscribe(paymentAuthorisedV1, payments)
  async authorised(data: PaymentAuthorisedV1, event: EventEnvelope<PaymentAuthorisedV1>) {
    await this.notifyAbout('payment-authorised', data, event);
  }

  @Subscribe(paymentCapturedV1, payments)
  async captured(data: PaymentCapturedV1, event: EventEnvelope<PaymentCapturedV1>) {
    await this.notifyAbout('payment-captured', data, event);
  }

  @Subscribe(paymentFailedV1, payments)
  async failed(data: PaymentFailedV1, event: EventEnvelope<PaymentFailedV1>) {
    // At the page, the page says so.
    if (data.offSession) await this.notifyAbout('payment-failed', data, event);
  }

  @Subscribe(paymentPendingV1, payments)
  async pending(data: PaymentPendingV1, event: EventEnvelope<PaymentPendingV1>) {
    if (data.offSession && data.status === 'requires-action') await this.notifyAbout('payment-pending', data, event);
  }

  @Subscribe(paymentVoidedV1, payments)
  async voided(data: PaymentVoidedV1, event: EventEnvelope<PaymentVoidedV1>) {
    // Where nothing had been set aside there is nothing to tell.
    if (data.released) await this.notifyAbout('payment-voided', data, event);
  }

  @Subscribe(paymentRefundedV1, payments)
  async refunded(data: PaymentRefundedV1, event: EventEnvelope<PaymentRefundedV1>) {
    await this.notifyAbout('payment-refunded', data, event, data.refunded);
  }

  private async notifyAbout(
    kind: Kind,
    { paymentId, appointmentId, doctorId, patientId, amount }: PaymentData,
    event: EventEnvelope<object>,
    moved: Money = amount,
  ): Promise<void> {
    await this.notify.appointment({
      ...(await this.again.originOf(event)),
      kind,
      appointmentId,
      doctorId,
      patientId,
      startsAt: null,
      paymentId,
      amount: { amount: moved.amount, currency: moved.currency },
    });
  }
}
