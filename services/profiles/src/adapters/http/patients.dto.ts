import { Choice, Day, Nested, PersonName, Photo, Text, TextList, TimeZone, Whole } from '@medflow/service-kit';
import {
  type BloodGroup,
  bloodGroups,
  type Locale,
  locales,
  type PatientGender,
  patientGenders,
} from '../../domain/codes.js';

/** What people type; the domain makes E.164 of it. */
export const TYPED_PHONE = /^\+?[0-9][0-9 ().-]{5,30}$/;

class EmergencyContactBody {
  @PersonName({ max: 200 }) name!: string;
  @Text({ max: 32, pattern: TYPED_PHONE, example: '+216 20 123 456' }) phone!: string;
  @Text({ min: 0, max: 100, optional: true, nullable: true }) relation?: string | null;
}

/** Replaces the profile: what is absent or null is cleared; names, language and time zone stay when absent. */
export class PatientProfileBody {
  @PersonName({ optional: true }) firstName?: string;
  @PersonName({ optional: true }) lastName?: string;
  @Day({ optional: true, nullable: true, example: '1990-04-12' }) birthDate?: string | null;
  @Choice(patientGenders, { optional: true, nullable: true }) gender?: PatientGender | null;
  @Choice(bloodGroups, { optional: true, nullable: true }) bloodGroup?: BloodGroup | null;
  @Text({ max: 32, pattern: TYPED_PHONE, optional: true, nullable: true, example: '+216 20 123 456' }) phone?:
    string | null;
  @Text({ min: 0, max: 300, multiline: true, optional: true, nullable: true }) address?: string | null;
  @Nested(() => EmergencyContactBody, { optional: true, nullable: true })
  emergencyContact?: EmergencyContactBody | null;
  @Choice(locales, { optional: true }) preferredLanguage?: Locale;
  @TimeZone({ optional: true }) timeZone?: string;
}

class EmergencyContactView {
  @Text({ max: 200 }) name!: string;
  @Text({ max: 16, description: 'E.164' }) phone!: string;
  @Text({ max: 100, nullable: true }) relation!: string | null;
}

export class PatientProfileView {
  @Text({ max: 64 }) id!: string;
  @Text({ min: 0, max: 100 }) firstName!: string;
  @Text({ min: 0, max: 100 }) lastName!: string;
  @Day({ nullable: true }) birthDate!: string | null;
  @Choice(patientGenders, { nullable: true }) gender!: PatientGender | null;
  @Choice(bloodGroups, { nullable: true }) bloodGroup!: BloodGroup | null;
  @Text({ max: 16, nullable: true, description: 'E.164' }) phone!: string | null;
  @Text({ max: 300, multiline: true, nullable: true }) address!: string | null;
  @Nested(() => EmergencyContactView, { nullable: true }) emergencyContact!: EmergencyContactView | null;
  @Choice(locales) preferredLanguage!: Locale;
  @TimeZone() timeZone!: string;
  @Nested(() => Photo, { nullable: true }) photo!: Photo | null;
  @Whole({ min: 1, max: 1_000_000_000 }) version!: number;
  @TextList({ max: 20, length: 40, description: 'Required fields that lack' }) missing!: string[];
  @Whole({ min: 0, max: 100, description: 'Per cent of what may be filled in' }) completeness!: number;
}
