import { IsISO8601 } from 'class-validator';
import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample } from './appointment-facts.js';

/** The slot is claimed for as long as the patient may take to pay; the doctor is not told of it yet. */
export class AppointmentHeldV1 extends AppointmentData {
  @IsISO8601() holdUntil!: string;
}

export const appointmentHeldV1 = defineContract({
  type: 'scheduling.appointment-held.v1',
  data: AppointmentHeldV1,
  example: { ...appointmentExample, payment: 'at-booking', holdUntil: '2026-11-23T09:40:00.000Z' },
});
