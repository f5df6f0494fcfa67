import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { MoneyData } from '../scheduling/appointment-facts.js';
import { defineContract } from '../contract.js';
import { PaymentData, paymentExample } from './payment-facts.js';

/** Money went back to the patient. */
export class PaymentRefundedV1 extends PaymentData {
  /** All that went back so far. */
  @ValidateNested() @Type(() => MoneyData) refunded!: MoneyData;
}

export const paymentRefundedV1 = defineContract({
  type: 'billing.payment-refunded.v1',
  data: PaymentRefundedV1,
  example: { ...paymentExample, refunded: { amount: 30000, currency: 'TND' } },
});
