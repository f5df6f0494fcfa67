import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample } from './appointment-facts.js';

/** The consultation took place. */
export class AppointmentCompletedV1 extends AppointmentData {}

export const appointmentCompletedV1 = defineContract({
  type: 'scheduling.appointment-completed.v1',
  data: AppointmentCompletedV1,
  example: appointmentExample,
});
