import { IsIn } from 'class-validator';
import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample } from './appointment-facts.js';

/** The patient has not answered in time whether they would have it when the doctor proposed: it stays as it is. */
export class AppointmentRescheduleLapsedV1 extends AppointmentData {
  @IsIn(['requested', 'accepted']) status!: 'requested' | 'accepted';
}

export const appointmentRescheduleLapsedV1 = defineContract({
  type: 'scheduling.appointment-reschedule-lapsed.v1',
  data: AppointmentRescheduleLapsedV1,
  example: { ...appointmentExample, status: 'accepted' },
});
