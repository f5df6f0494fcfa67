import { IsISO8601, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** A doctor who does not care for the patient opened the record in an emergency; why, the record alone says. */
export class EmergencyAccessOpenedV1 {
  @IsString() accessId!: string;
  @IsString() patientId!: string;
  @IsString() doctorId!: string;
  @IsISO8601() until!: string;
}

export const emergencyAccessOpenedV1 = defineContract({
  type: 'records.emergency-access-opened.v1',
  data: EmergencyAccessOpenedV1,
  example: {
    accessId: '01935a6e-0000-7000-8000-000000000071',
    patientId: '01935a6e-0000-7000-8000-000000000001',
    doctorId: '01935a6e-0000-7000-8000-000000000003',
    until: '2026-11-30T12:00:00.000Z',
  },
});
