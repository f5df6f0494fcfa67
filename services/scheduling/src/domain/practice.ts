import type { Appointment } from './appointment.js';
import type { AppointmentState } from './appointment-state.js';
import type { SearchFor } from './search-for.js';

/** A doctor whose appointments may not fit what the doctor may do. */
export interface PracticeChange {
  readonly doctorId: string;
  /** Since when the doctor may see nobody; undefined: may see patients again. */
  readonly barredSince?: Date;
  /** Visits from then on are concerned; undefined: none is. */
  readonly since?: Date;
  readonly searchFor: SearchFor;
  /** Of profiles' word. */
  readonly sequence: number;
  /** Whose turn it is to look. */
  readonly claim: string;
}

/** Who may see patients, as profiles tells. */
export abstract class Practices {
  /** Since when the doctor may see nobody; undefined where the doctor may, or nobody has told. */
  abstract barredSince(doctorId: string): Promise<Date | undefined>;

  /** Up to `limit` that are to be looked at by `now`, longest waiting first; nobody else is given them before `until`. */
  abstract claim(
    now: Date,
    until: Date,
    limit: number,
  ): Promise<{ readonly changes: readonly PracticeChange[]; readonly next: Date | undefined }>;

  /**
   * Appointments that do not fit what the doctor may do: held, requested or accepted ones of a barred doctor that nobody has been
   * told of or that would have begun; those without their doctor of one who may see patients again. By start.
   */
  abstract misfits(change: PracticeChange, now: Date, limit: number): Promise<Appointment[]>;

  /** When the next accepted visit that has lost its doctor would begin after `now`. */
  abstract nextWithoutDoctor(doctorId: string, now: Date): Promise<Date | undefined>;

  /** To be looked at again at `next`, or not; unless profiles has told something else meanwhile, or the turn is over. */
  abstract settled(change: PracticeChange, next: Date | undefined): Promise<void>;
}

/** Why somebody comes is for a doctor who may see them. */
export const withoutReason = (state: AppointmentState): AppointmentState => ({ ...state, reason: null });
