import { DAY_MS } from './days.js';

export type VisitStatus =
  'held' | 'requested' | 'accepted' | 'rejected' | 'cancelled' | 'completed' | 'missed' | 'expired';

/** What feedback knows of an appointment, as scheduling tells it. */
export interface Visit {
  readonly appointmentId: string;
  readonly doctorId: string;
  readonly patientId: string;
  readonly startsAt: Date;
  readonly status: VisitStatus;
  /** Version of the appointment: an older word is ignored. */
  readonly sequence: number;
}

/** When a patient who has not rated is asked to, once: a day after the doctor closed the visit. */
export const inviteAt = (completedAt: Date): Date => new Date(completedAt.getTime() + DAY_MS);

/** The appointments, to know which of them may be rated. */
export abstract class Visits {
  /**
   * Applies scheduling's word unless a later one is known.
   * @param invitesAt when its patient is to be asked for a review; undefined: not
   */
  abstract follow(visit: Visit, invitesAt?: Date): Promise<void>;

  /**
   * As it stands now, not as an ambient transaction began to see it: who waits for a fact must be able to notice it.
   * Undefined when nobody has told of it.
   */
  abstract find(appointmentId: string): Promise<Visit | undefined>;

  /** The patient's completed ones without a review, newest first. */
  abstract toRate(patientId: string, limit: number): Promise<Visit[]>;

  /** Those whose patient is to be asked by `now`. */
  abstract uninvited(now: Date, limit: number): Promise<Visit[]>;

  /** Asks the patient and tells of it, once among all replicas; false when it was asked or rated meanwhile. */
  abstract invite(visit: Visit, now: Date): Promise<boolean>;
}
