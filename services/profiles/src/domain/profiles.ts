import type { Verification } from './codes.js';
import type { DoctorProfile } from './doctor-profile.js';
import type { DoctorState } from './doctor-state.js';
import type { PatientProfile } from './patient-profile.js';

export abstract class Patients {
  abstract find(patientId: string): Promise<PatientProfile | undefined>;
  /** Stores the profile and its photo and tells of it, together. @throws ConcurrentChange when it is not at its saved version any more */
  abstract save(profile: PatientProfile): Promise<void>;
}

/** Where a page of the administrators' list begins: after this doctor. */
export interface QueuePlace {
  queuedAt: Date;
  id: string;
}

export abstract class Doctors {
  abstract find(doctorId: string): Promise<DoctorProfile | undefined>;
  /** Stores the profile, its photo and proof, its directory entry and its facts, together. @throws ConcurrentChange as above */
  abstract save(profile: DoctorProfile): Promise<void>;
  /** Up to `limit` states, longest waiting first. */
  abstract queue(verification: Verification, limit: number, after?: QueuePlace): Promise<DoctorState[]>;
}
