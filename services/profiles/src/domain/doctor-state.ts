import type { DoctorGender, Language, Specialization, Verification } from './codes.js';
import type { LicenceProof } from './licence-proof.js';
import type { Money } from './values.js';

export interface DoctorState {
  id: string;
  firstName: string;
  lastName: string;
  gender: DoctorGender | null;
  biography: string | null;
  specializations: Specialization[];
  qualifications: string[];
  experience: string[];
  languages: Language[];
  city: string | null;
  address: string | null;
  licenceNumber: string | null;
  consultationPrice: Money | null;
  /** IANA name. */
  timeZone: string;
  /** Id; absent: none. */
  photo?: string;
  verification: Verification;
  /** Why it was refused. */
  verificationReason: string | null;
  submittedAt: Date | null;
  /** Absent: none. */
  licenceProof?: LicenceProof;
  /** Absent: never so. */
  accountSuspended?: boolean;
  /** Place in the administrators' lists: when the licence was submitted, before that when the profile was opened. */
  queuedAt: Date;
  version: number;
  /** Version that others were told of last; absent while they were told nothing. */
  toldVersion?: number;
}
