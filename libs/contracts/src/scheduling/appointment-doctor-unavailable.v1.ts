import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample } from './appointment-facts.js';

/** It was accepted, and the doctor may see nobody any more: for the patient to move or call off, with everything back. */
export class AppointmentDoctorUnavailableV1 extends AppointmentData {}

export const appointmentDoctorUnavailableV1 = defineContract({
  type: 'scheduling.appointment-doctor-unavailable.v1',
  data: AppointmentDoctorUnavailableV1,
  example: appointmentExample,
});
