import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample } from './appointment-facts.js';

/** Nobody answered the request before its start. */
export class AppointmentExpiredV1 extends AppointmentData {}

export const appointmentExpiredV1 = defineContract({
  type: 'scheduling.appointment-expired.v1',
  data: AppointmentExpiredV1,
  example: appointmentExample,
});
