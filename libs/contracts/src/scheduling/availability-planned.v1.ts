import { IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** A doctor has published when to be booked: what others need to know of it. */
export class AvailabilityPlannedV1 {
  @IsString() doctorId!: string;
  /** IANA name: the zone of the plan's hours, by whose days the doctor's figures count. */
  @IsString() timeZone!: string;
}

export const availabilityPlannedV1 = defineContract({
  type: 'scheduling.availability-planned.v1',
  data: AvailabilityPlannedV1,
  example: { doctorId: '01935a6e-0000-7000-8000-000000000002', timeZone: 'Africa/Tunis' },
});
