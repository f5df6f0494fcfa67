import { leftToRight } from './format';

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
export const spokenLanguages = ['ar', 'fr', 'en', 'de', 'it', 'es', 'tr'] as const;
export const modes = ['video', 'in-person'] as const;
const bloodGroups = ['A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-'] as const;
/** Read from left to right: within Arabic, « O+ » would be « +O ». */
export const bloodGroupChoices = [
  { value: '', label: '—' },
  ...bloodGroups.map((value) => ({ value, label: leftToRight(value) })),
];
/** Time zones to choose from: this browser's list, with ours first. */
export const timeZones = (): string[] => [
  'Africa/Tunis',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'Africa/Tunis'),
];
