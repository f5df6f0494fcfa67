import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample } from './appointment-facts.js';

/** A payment came after the hold had lapsed and somebody else has the time by now: the money is to go back whole. */
export class AppointmentHoldLostV1 extends AppointmentData {}

export const appointmentHoldLostV1 = defineContract({
  type: 'scheduling.appointment-hold-lost.v1',
  data: AppointmentHoldLostV1,
  example: { ...appointmentExample, payment: 'at-booking' },
});
