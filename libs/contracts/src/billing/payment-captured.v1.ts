import { IsString } from 'class-validator';
import { defineContract } from '../contract.js';
import { PaymentData, paymentExample } from './payment-facts.js';

/** The amount is taken. The receipt of that number belongs to it. */
export class PaymentCapturedV1 extends PaymentData {
  @IsString() receiptNumber!: string;
}

export const paymentCapturedV1 = defineContract({
  type: 'billing.payment-captured.v1',
  data: PaymentCapturedV1,
  example: { ...paymentExample, receiptNumber: '2026-000001' },
});
