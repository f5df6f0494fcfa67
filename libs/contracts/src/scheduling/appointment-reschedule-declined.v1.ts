import { IsIn } from 'class-validator';
import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample } from './appointment-facts.js';

/** The patient would rather not have it at the time that the doctor proposed: it stays as it is. */
export class AppointmentRescheduleDeclinedV1 extends AppointmentData {
  @IsIn(['requested', 'accepted']) status!: 'requested' | 'accepted';
}

export const appointmentRescheduleDeclinedV1 = defineContract({
  type: 'scheduling.appointment-reschedule-declined.v1',
  data: AppointmentRescheduleDeclinedV1,
  example: { ...appointmentExample, status: 'accepted' },
});
