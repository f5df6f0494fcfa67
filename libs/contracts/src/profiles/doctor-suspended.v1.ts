import { IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** The doctor left the public directory; existing appointments stand. */
export class DoctorSuspendedV1 {
  @IsString() doctorId!: string;
}

export const doctorSuspendedV1 = defineContract({
  type: 'profiles.doctor-suspended.v1',
  data: DoctorSuspendedV1,
  example: { doctorId: '01935a6e-0000-7000-8000-000000000002' },
});
