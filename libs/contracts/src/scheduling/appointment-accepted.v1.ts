import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample } from './appointment-facts.js';

/** The doctor took the appointment. */
export class AppointmentAcceptedV1 extends AppointmentData {}

export const appointmentAcceptedV1 = defineContract({
  type: 'scheduling.appointment-accepted.v1',
  data: AppointmentAcceptedV1,
  example: appointmentExample,
});
