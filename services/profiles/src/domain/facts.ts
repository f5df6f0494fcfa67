import type { DirectoryCard } from './directory-card.js';
import type { PatientState } from './patient-profile.js';

export type DoctorFact =
  /** In the directory from now on, or shown differently there. */
  | { name: 'published'; card: DirectoryCard; version: number }
  | { name: 'suspended'; doctorId: string; version: number };

/** Where repositories leave what happened, inside their transaction; the bus adapter turns it into events. */
export abstract class FactLog {
  abstract patientUpdated(patient: Readonly<PatientState>): Promise<void>;
  abstract doctor(facts: readonly DoctorFact[]): Promise<void>;
}
