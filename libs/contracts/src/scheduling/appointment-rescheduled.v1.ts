import { IsIn, IsISO8601 } from 'class-validator';
import { defineContract } from '../contract.js';
import { AppointmentData, appointmentExample } from './appointment-facts.js';

/** It has another time, and perhaps another mode or price; the earlier time is free again. */
export class AppointmentRescheduledV1 extends AppointmentData {
  /** Whose wish it was. */
  @IsIn(['patient', 'doctor']) by!: 'patient' | 'doctor';
  /** How it stands at the new time: the doctor has yet to answer, or need not. */
  @IsIn(['requested', 'accepted']) status!: 'requested' | 'accepted';
  @IsISO8601() previousStartsAt!: string;
}

export const appointmentRescheduledV1 = defineContract({
  type: 'scheduling.appointment-rescheduled.v1',
  data: AppointmentRescheduledV1,
  example: {
    ...appointmentExample,
    by: 'patient',
    status: 'requested',
    previousStartsAt: '2026-11-27T08:00:00.000Z',
  },
});
