import { defineContract } from '../contract.js';
import { EndedAppointmentData, appointmentExample } from './appointment-facts.js';

/** Either side called it off; the slot is free again. */
export class AppointmentCancelledV1 extends EndedAppointmentData {}

export const appointmentCancelledV1 = defineContract({
  type: 'scheduling.appointment-cancelled.v1',
  data: AppointmentCancelledV1,
  example: { ...appointmentExample, by: 'patient' },
});
