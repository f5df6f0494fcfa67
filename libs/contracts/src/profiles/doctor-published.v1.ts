import { IsArray, IsOptional, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

/** The doctor is in the public directory from now on, or what the directory shows of them changed. */
export class DoctorPublishedV1 {
  @IsString() doctorId!: string;
  @IsString() firstName!: string;
  @IsString() lastName!: string;
  @IsArray() @IsString({ each: true }) specializations!: string[];
  @IsString() city!: string;
  /** IANA name. */
  @IsString() timeZone!: string;
  /** Id of their photo; absent: none. */
  @IsOptional() @IsString() photo?: string;
}

export const doctorPublishedV1 = defineContract({
  type: 'profiles.doctor-published.v1',
  data: DoctorPublishedV1,
  example: {
    doctorId: '01935a6e-0000-7000-8000-000000000002',
    firstName: 'Karim',
    lastName: 'Trabelsi',
    specializations: ['cardiology'],
    city: 'Tunis',
    timeZone: 'Africa/Tunis',
  },
});
