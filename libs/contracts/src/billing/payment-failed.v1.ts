import { IsBoolean, IsString } from 'class-validator';
import { defineContract } from '../contract.js';
import { PaymentData, paymentExample } from './payment-facts.js';

/** The bank declined, for the reason that it gave; another attempt may follow. */
export class PaymentFailedV1 extends PaymentData {
  /** Stripe's decline code. */
  @IsString() reason!: string;
  /** The patient was not there: they must be told. */
  @IsBoolean() offSession!: boolean;
}

export const paymentFailedV1 = defineContract({
  type: 'billing.payment-failed.v1',
  data: PaymentFailedV1,
  example: { ...paymentExample, reason: 'insufficient_funds', offSession: false },
});
