import { defineContract } from '../contract.js';
import { PaymentData, paymentExample } from './payment-facts.js';

/** Nothing was taken and nothing will be. */
export class PaymentVoidedV1 extends PaymentData {}

export const paymentVoidedV1 = defineContract({
  type: 'billing.payment-voided.v1',
  data: PaymentVoidedV1,
  example: paymentExample,
});
