import { AlreadyInCare, AlreadyReviewed, NotFound } from './errors.js';
import type { Standing } from './standing.js';

/** Hours for which an emergency opens a record, to be read only (product rule). */
export const EMERGENCY_HOURS = 4;

export const verdicts = ['justified', 'unjustified'] as const;
export type Verdict = (typeof verdicts)[number];

export interface Review {
  readonly by: string;
  readonly at: Date;
  readonly verdict: Verdict;
  readonly comment?: string;
}

/** A doctor without a care relationship opened a record because somebody was in danger. */
export interface EmergencyAccess {
  readonly id: string;
  readonly patientId: string;
  readonly doctorId: string;
  /** In the doctor's words. */
  readonly reason: string;
  readonly openedAt: Date;
  readonly until: Date;
  /** What an administrator thinks of it; undefined: nobody has looked yet. */
  readonly review?: Review;
}

/** @throws NotFound for who may not practise; AlreadyInCare where the record is open to the doctor anyway */
export function openInEmergency(
  { doctorId, mayPractise, inCare }: Standing,
  given: { id: string; patientId: string; reason: string },
  now: Date,
): EmergencyAccess {
  if (!mayPractise) throw new NotFound(`record of ${given.patientId}`);
  if (inCare) throw new AlreadyInCare(`${doctorId} cares for ${given.patientId}`);
  return { ...given, doctorId, openedAt: now, until: new Date(now.getTime() + EMERGENCY_HOURS * 3_600_000) };
}

/** @throws AlreadyReviewed */
export function review(access: EmergencyAccess, { by, at, verdict, comment }: Review): EmergencyAccess {
  if (access.review) throw new AlreadyReviewed(access.id);
  return { ...access, review: { by, at, verdict, ...(comment !== undefined && { comment }) } };
}

export interface EmergencyPage {
  readonly limit: number;
  readonly after?: { readonly at: Date; readonly id: string };
}

export abstract class EmergencyAccesses {
  /** With the fact that tells the patient. */
  abstract open(access: EmergencyAccess): Promise<void>;
  /** One of the two that is not over at `now`. */
  abstract current(doctorId: string, patientId: string, now: Date): Promise<EmergencyAccess | undefined>;
  /** @throws NotFound */
  abstract find(id: string): Promise<EmergencyAccess>;
  /** Stores the review. @throws AlreadyReviewed when another administrator was faster */
  abstract saveReview(access: EmergencyAccess): Promise<void>;
  /** Reviewed or not, those that wait longest first; `limit` + 1. */
  abstract list(reviewed: boolean, page: EmergencyPage): Promise<EmergencyAccess[]>;
}
