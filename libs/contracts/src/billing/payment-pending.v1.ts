import { IsBoolean, IsIn } from 'class-validator';
import { defineContract } from '../contract.js';
import { PaymentData, paymentExample } from './payment-facts.js';

/** The bank wants the patient, or has yet to answer. */
export class PaymentPendingV1 extends PaymentData {
  @IsIn(['requires-action', 'processing']) status!: 'requires-action' | 'processing';
  /** The patient was not there: they must be told. */
  @IsBoolean() offSession!: boolean;
}

export const paymentPendingV1 = defineContract({
  type: 'billing.payment-pending.v1',
  data: PaymentPendingV1,
  example: { ...paymentExample, status: 'requires-action', offSession: false },
});
