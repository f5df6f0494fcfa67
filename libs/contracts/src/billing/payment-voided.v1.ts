import { IsBoolean, IsOptional } from 'class-validator';
import { defineContract } from '../contract.js';
import { PaymentData, paymentExample } from './payment-facts.js';

/** Nothing was taken and nothing will be. */
export class PaymentVoidedV1 extends PaymentData {
  /** An amount had been set aside, or a card saved for it: the patient may like to know that it is free again. */
  @IsOptional() @IsBoolean() released?: boolean;
}

export const paymentVoidedV1 = defineContract({
  type: 'billing.payment-voided.v1',
  data: PaymentVoidedV1,
  example: paymentExample,
});
