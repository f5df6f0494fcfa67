import { IsIn, IsOptional, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** `incomplete`: a field that the directory shows was cleared; the others bar the doctor from seeing anybody. */
export const suspensionReasons = ['incomplete', 'unverified', 'refused', 'account-suspended'] as const;
export type SuspensionReason = (typeof suspensionReasons)[number];

/** The doctor is not in the public directory, or is out of it for another reason than was told before. */
export class DoctorSuspendedV1 {
  @IsString() doctorId!: string;
  /** Absent in facts of before reasons: unverified. */
  @IsOptional() @IsIn(suspensionReasons) reason?: SuspensionReason;
}

export const doctorSuspendedV1 = defineContract({
  type: 'profiles.doctor-suspended.v1',
  data: DoctorSuspendedV1,
  example: { doctorId: '01935a6e-0000-7000-8000-000000000002' },
});
