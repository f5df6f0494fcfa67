import { IsIn, IsOptional, IsString } from 'class-validator';
import { defineContract } from '../contract.js';

export class PatientProfileUpdatedV1 {
  @IsString() patientId!: string;
  @IsString() firstName!: string;
  @IsString() lastName!: string;
  @IsIn(['fr', 'en', 'ar']) preferredLanguage!: 'fr' | 'en' | 'ar';
  /** IANA name. */
  @IsString() timeZone!: string;
  /** Id of their photo; absent: none. */
  @IsOptional() @IsString() photo?: string;
}

export const patientProfileUpdatedV1 = defineContract({
  type: 'profiles.patient-profile-updated.v1',
  data: PatientProfileUpdatedV1,
  example: {
    patientId: '01935a6e-0000-7000-8000-000000000001',
    firstName: 'Amina',
    lastName: 'Ben Salah',
    preferredLanguage: 'fr',
    timeZone: 'Africa/Tunis',
  },
});
