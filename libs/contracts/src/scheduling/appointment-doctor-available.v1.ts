import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample } from './appointment-facts.js';

/** The doctor may see patients again: it stands as before. */
export class AppointmentDoctorAvailableV1 extends AppointmentData {}

export const appointmentDoctorAvailableV1 = defineContract({
  type: 'scheduling.appointment-doctor-available.v1',
  data: AppointmentDoctorAvailableV1,
  example: appointmentExample,
});
