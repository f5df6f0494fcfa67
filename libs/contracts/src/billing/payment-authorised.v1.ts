import { defineContract } from '../contract.js';
import { PaymentData, paymentExample } from './payment-facts.js';

/** The bank has set the amount aside, or a method is saved that it will be taken from; nothing is taken yet. */
export class PaymentAuthorisedV1 extends PaymentData {}

export const paymentAuthorisedV1 = defineContract({
  type: 'billing.payment-authorised.v1',
  data: PaymentAuthorisedV1,
  example: paymentExample,
});
