import { Type } from 'class-transformer';
import { IsString, ValidateNested } from 'class-validator';
import { MoneyData } from '../scheduling/appointment-facts.js';

/** What every fact about a payment says; an appointment has one payment at most. No card data, ever. */
export class PaymentData {
  @IsString() paymentId!: string;
  @IsString() appointmentId!: string;
  @IsString() patientId!: string;
  @IsString() doctorId!: string;
  @ValidateNested() @Type(() => MoneyData) amount!: MoneyData;
}

export const paymentExample: PaymentData = {
  paymentId: '01935a6e-0000-7000-8000-000000000030',
  appointmentId: '01935a6e-0000-7000-8000-000000000010',
  patientId: '01935a6e-0000-7000-8000-000000000001',
  doctorId: '01935a6e-0000-7000-8000-000000000002',
  amount: { amount: 60000, currency: 'TND' },
};
