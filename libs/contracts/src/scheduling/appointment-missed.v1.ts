import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample } from './appointment-facts.js';

/** The patient did not come. */
export class AppointmentMissedV1 extends AppointmentData {}

export const appointmentMissedV1 = defineContract({
  type: 'scheduling.appointment-missed.v1',
  data: AppointmentMissedV1,
  example: appointmentExample,
});
