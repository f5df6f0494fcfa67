import type { Coding } from '../vitals.js';
import { systems } from '../vitals.js';

export const sectionNames = [
  'allergies',
  'medications',
  'problems',
  'immunizations',
  'vitals',
  'results',
  'pastIllness',
  'notes',
  'certificates',
  'documents',
  'withdrawn',
  'originals',
] as const;
export type SectionName = (typeof sectionNames)[number];

/** LOINC of the sections that the IPS names; ours beside them are named in words. */
export const sectionCodes: Readonly<Partial<Record<SectionName, string>>> = {
  allergies: '48765-2',
  medications: '10160-0',
  problems: '11450-4',
  immunizations: '11369-6',
  vitals: '8716-3',
  results: '30954-2',
  pastIllness: '11348-0',
};

/** The IPS demands them, with a word that nothing is known where there is nothing. */
export const requiredSections = ['allergies', 'medications', 'problems'] as const;
export type RequiredSection = (typeof requiredSections)[number];

export const PATIENT_SUMMARY: Coding = { system: systems.loinc, code: '60591-5' };
