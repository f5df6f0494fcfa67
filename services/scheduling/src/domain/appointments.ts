import type { Appointment } from './appointment.js';
import type { Side } from './appointment-state.js';

/** Appointments with the time they claim and the facts they tell, saved together or not at all. */
export abstract class Appointments {
  /**
   * Saves a new appointment and claims its ticks for both sides; holds that have lapsed by `now` give way.
   * @throws SlotTaken (`slot-taken` or `patient-busy`, without alternatives) when another claim is in the way;
   * TooManyHolds when it is held and the patient holds as many as allowed, TooManyOpenRequests when it waits for an answer
   * and as many do as `openRequestLimits` allows, both counted also when several come at once; BookedBefore when there is one
   * of its id, unless the time is refused first
   */
  abstract add(appointment: Appointment, now: Date): Promise<void>;

  /**
   * Claims the ticks of one whose hold had lapsed once more, and saves it; within the ambient transaction.
   * @returns false when somebody else has the time: nothing is saved
   */
  abstract reclaim(appointment: Appointment, now: Date): Promise<boolean>;

  /** @throws ConcurrentChange when it was changed since it was loaded */
  abstract save(appointment: Appointment): Promise<void>;

  /** @throws NotFound also when it is somebody else's */
  abstract ofDoctor(doctorId: string, id: string): Promise<Appointment>;
  /** @throws NotFound also when it is somebody else's */
  abstract ofPatient(patientId: string, id: string): Promise<Appointment>;

  /** @throws NotFound */
  abstract one(id: string): Promise<Appointment>;

  /** Held ones whose hold has lapsed by `now`, oldest first. */
  abstract lapsedHolds(now: Date, limit: number): Promise<Appointment[]>;
  /** When the first hold of those there are ends; undefined when there are none. */
  abstract nextHoldEnd(): Promise<Date | undefined>;

  /** Requested ones that have begun by `now`, oldest first. */
  abstract unanswered(now: Date, limit: number): Promise<Appointment[]>;

  /** What both sides read of a person's name follows their profile. */
  abstract rename(side: Side, accountId: string, name: { firstName: string; lastName: string }): Promise<void>;
}

/** The claims on people's time. */
export abstract class Claims {
  /** Ticks in [from, to) that a claim of the doctor living at `now` covers. */
  abstract ofDoctor(doctorId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>>;
  /** Ticks in [from, to) that a claim of the patient living at `now` covers. */
  abstract ofPatient(patientId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>>;
}
