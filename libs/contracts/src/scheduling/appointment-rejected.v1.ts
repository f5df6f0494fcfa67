import { defineContract } from '../contract.js';
import { EndedAppointmentData, appointmentExample } from './appointment-facts.js';

/** The doctor declined; the slot is free again. */
export class AppointmentRejectedV1 extends EndedAppointmentData {}

export const appointmentRejectedV1 = defineContract({
  type: 'scheduling.appointment-rejected.v1',
  data: AppointmentRejectedV1,
  example: { ...appointmentExample, by: 'doctor', reason: 'En congé ce jour-là' },
});
