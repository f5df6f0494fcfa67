import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample } from './appointment-facts.js';

/** The slot is claimed; the doctor has yet to answer. */
export class AppointmentRequestedV1 extends AppointmentData {}

export const appointmentRequestedV1 = defineContract({
  type: 'scheduling.appointment-requested.v1',
  data: AppointmentRequestedV1,
  example: appointmentExample,
});
