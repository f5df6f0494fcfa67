import type { DirectoryCard } from './directory-card.js';
import type { PatientState } from './patient-profile.js';
import type { Obstacle } from './standing.js';

export type DoctorFact =
  /** In the directory from now on, or shown differently there. */
  | { name: 'published'; card: DirectoryCard; version: number }
  /** Out of the directory, or there for another reason: some reasons bar the doctor from seeing anybody. */
  | { name: 'suspended'; doctorId: string; reason: Obstacle; version: number };

/** Where repositories leave what happened, inside their transaction; the bus adapter turns it into events. */
export abstract class FactLog {
  abstract patientUpdated(patient: Readonly<PatientState>): Promise<void>;
  abstract doctor(facts: readonly DoctorFact[]): Promise<void>;
}
