import { Injectable } from '@nestjs/common';
import {
  paymentAuthorisedV1,
  paymentCapturedV1,
  type PaymentData,
  paymentFailedV1,
  paymentPendingV1,
  paymentRefundedV1,
  paymentVoidedV1,
} from '@medflow/contracts';
import { Outbox, type OutgoingEvent } from '@medflow/messaging';
import type { PaymentFact } from '../../domain/payment-fact.js';
import { type ChargeState, refundedOf } from '../../domain/charge-state.js';
import { FactLog } from '../fact-log.js';

const dataOf = ({ id, appointmentId, patientId, doctorId, amount }: ChargeState): PaymentData => ({
  paymentId: id,
  appointmentId,
  patientId,
  doctorId,
  amount: { amount: amount.amount, currency: amount.currency },
});

export function eventOf({ name, charge, sequence, offSession, released }: PaymentFact): OutgoingEvent {
  const about = { subject: charge.id, sequence };
  const data = dataOf(charge);
  switch (name) {
    case 'authorised':
      return { ...about, contract: paymentAuthorisedV1, data };
    case 'captured':
      return { ...about, contract: paymentCapturedV1, data: { ...data, receiptNumber: charge.receiptNumber! } };
    case 'failed':
      return {
        ...about,
        contract: paymentFailedV1,
        data: { ...data, reason: charge.declineCode ?? 'generic_decline', offSession },
      };
    case 'pending': {
      const status = charge.status === 'processing' ? 'processing' : 'requires-action';
      return { ...about, contract: paymentPendingV1, data: { ...data, status, offSession } };
    }
    case 'voided':
      return { ...about, contract: paymentVoidedV1, data: { ...data, released } };
    case 'refunded': {
      const refunded = { amount: refundedOf(charge), currency: charge.amount.currency };
      return { ...about, contract: paymentRefundedV1, data: { ...data, refunded } };
    }
  }
}

@Injectable()
export class Publications extends FactLog {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  async append(facts: readonly PaymentFact[]): Promise<void> {
    if (facts.length > 0) await this.outbox.append(facts.map(eventOf));
  }
}
