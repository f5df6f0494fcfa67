/** Code lists of the wire; people read their labels. */
export const specializations = [
  'general-practice',
  'cardiology',
  'dermatology',
  'endocrinology',
  'gastroenterology',
  'gynecology',
  'neurology',
  'nutrition',
  'ophthalmology',
  'orthopedics',
  'otolaryngology',
  'pediatrics',
  'psychiatry',
  'psychology',
  'pulmonology',
  'rheumatology',
  'urology',
  'dentistry',
  'physiotherapy',
  'radiology',
] as const;
export type Specialization = (typeof specializations)[number];

/** ISO 639-1: languages that a consultation can be held in. */
export const languages = ['ar', 'fr', 'en', 'de', 'it', 'es', 'tr'] as const;
export type Language = (typeof languages)[number];

/** Languages that MedFlow itself speaks. */
export const locales = ['fr', 'en', 'ar'] as const;
export type Locale = (typeof locales)[number];

export const doctorGenders = ['female', 'male'] as const;
export type DoctorGender = (typeof doctorGenders)[number];
export const patientGenders = ['female', 'male', 'other'] as const;
export type PatientGender = (typeof patientGenders)[number];

export const bloodGroups = ['A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-'] as const;
export type BloodGroup = (typeof bloodGroups)[number];

export const modes = ['video', 'in-person'] as const;
export type Mode = (typeof modes)[number];

export const verifications = ['unsubmitted', 'pending', 'verified', 'refused'] as const;
export type Verification = (typeof verifications)[number];

export const DEFAULT_TIME_ZONE = 'Africa/Tunis';
