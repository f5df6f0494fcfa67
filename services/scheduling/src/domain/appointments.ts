import type { Appointment } from './appointment.js';
import type { AppointmentState, Side } from './appointment-state.js';
import { ConcurrentChange } from './errors.js';
import type { Claim } from './hold-policy.js';

export interface Owner {
  readonly side: Side;
  readonly accountId: string;
}

/** What one replica is to expire. */
export interface ClaimedAppointments {
  readonly appointments: readonly Appointment[];
  /** When there is something to claim next; undefined: there is nothing. */
  readonly next: Date | undefined;
}

const ATTEMPTS = 5;

/** Appointments with the time they claim and the facts they tell, saved together or not at all. */
export abstract class Appointments {
  /**
   * Saves a new appointment and claims its ticks for both sides, and that place of the patient for holds if it is one.
   * @param reservation of the patient, which gives way to it
   * @throws SlotTaken (`slot-taken` or `patient-busy`, without alternatives) when another claim is in the way, a lapsed one
   * included; PlaceTaken; TooManyOpenRequests when it waits for an answer and as many do as `openRequestLimits` allows, counted
   * also when several come at once; BookedBefore when there is one of its id, unless the time is refused first
   */
  abstract add(appointment: Appointment, holdPlace?: number, reservation?: string): Promise<void>;

  /**
   * Saves what was decided of it, with the time that it thereby frees, confirms or claims once more. Names stay as they are kept:
   * they may have changed since it was loaded. Of one that moves, the new time is claimed before the old one is freed.
   * @throws ConcurrentChange when it was changed since it was loaded, or somebody else has the time to be claimed once more;
   * SlotTaken, without alternatives, when another claim is in the way of the time that it moves to, a lapsed one included
   */
  abstract save(appointment: Appointment): Promise<void>;

  /**
   * Loads it, has it decided and saves it if that changed it; decided again when another writer was faster.
   * @param owner whose it must be @returns it as it is then @throws NotFound, ConcurrentChange, and whatever `decide` throws
   */
  async update(
    id: string,
    decide: (appointment: Appointment) => void | Promise<void>,
    owner?: Owner,
  ): Promise<Appointment> {
    for (let attempt = 1; ; attempt += 1) {
      const appointment = owner ? await this.ofOwner(owner, id) : await this.one(id);
      await decide(appointment);
      try {
        if (appointment.isChanged) await this.save(appointment);
        return appointment;
      } catch (error) {
        if (!(error instanceof ConcurrentChange) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** @throws NotFound also when it is somebody else's */
  ofOwner({ side, accountId }: Owner, id: string): Promise<Appointment> {
    return side === 'doctor' ? this.ofDoctor(accountId, id) : this.ofPatient(accountId, id);
  }

  /** @throws NotFound also when it is somebody else's */
  abstract ofDoctor(doctorId: string, id: string): Promise<Appointment>;
  /** @throws NotFound also when it is somebody else's */
  abstract ofPatient(patientId: string, id: string): Promise<Appointment>;

  /** @throws NotFound */
  abstract one(id: string): Promise<Appointment>;

  /** Held ones whose hold has lapsed by `now`, oldest first; nobody else is given them before `until`. */
  abstract claimLapsedHolds(now: Date, until: Date, limit: number): Promise<ClaimedAppointments>;

  /** Requested ones that have begun by `now`, oldest first; nobody else is given them before `until`. */
  abstract claimUnanswered(now: Date, until: Date, limit: number): Promise<ClaimedAppointments>;

  /** Those with a proposal that has lapsed by `now`, oldest first; nobody else is given them before `until`. */
  abstract claimLapsedProposals(now: Date, until: Date, limit: number): Promise<ClaimedAppointments>;
}

/** The claims on people's time, and on the few places that a patient has for holds. */
export abstract class Claims {
  /** On the time that the appointment wants; its own, where it was added before, included. */
  abstract inTheWayOf(wanted: AppointmentState): Promise<readonly Claim[]>;
  /** On the patient's places for holds, by place; undefined: free. */
  abstract holdPlacesOf(patientId: string): Promise<readonly (Claim | undefined)[]>;
  /** Ticks in [from, to) that a claim of the doctor living at `now` covers. */
  abstract ofDoctor(doctorId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>>;
  /** As {@link ofDoctor}, without what is merely reserved. */
  abstract bookedOf(doctorId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>>;
  /** Frees what reservations that have lapsed by `now` still have of the time that the appointment wants. */
  abstract dropLapsedReservations(wanted: AppointmentState, now: Date): Promise<void>;
  /** Ticks in [from, to) that a claim of the patient living at `now` covers. */
  abstract ofPatient(patientId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>>;
}
