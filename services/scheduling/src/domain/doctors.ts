import type { Availability } from './availability.js';
import type { AvailabilityPlan } from './availability-plan.js';
import type { NameChange } from './renames.js';
import type { NamedPerson, Person } from './values.js';

/** A doctor as the public directory shows them. */
export interface ListedDoctor extends Person {
  readonly specializations: readonly string[];
  readonly city: string;
}

/** What scheduling knows of a doctor: what profiles tells of them, and their own availability. */
export interface Doctor {
  readonly id: string;
  readonly person: Person;
  /** In the public directory, hence bookable. */
  readonly published: boolean;
  /** May see nobody since then. */
  readonly barredSince?: Date;
  readonly availability: Availability;
  /** Version of the availability; 0 before the first one. */
  readonly version: number;
}

export abstract class Doctors {
  /** Undefined when nothing is known of them. */
  abstract find(doctorId: string): Promise<Doctor | undefined>;

  /**
   * Replaces the availability; answers its new version.
   * @throws VersionMismatch when `expected` is given and is not the present version
   */
  abstract publishAvailability(doctorId: string, plan: AvailabilityPlan, expected: number | undefined): Promise<number>;

  /** Profiles' word on the doctor, whose summary is due then; older than what is known: ignored. */
  abstract show(doctor: ListedDoctor, sequence: number): Promise<NameChange>;
  /** Not shown, and may see who has booked. */
  abstract hide(doctorId: string, sequence: number): Promise<void>;
  /** Not shown, and may see nobody. */
  abstract bar(doctorId: string, since: Date, sequence: number): Promise<void>;
}

/** Patients' names, as their profiles tell them. */
export abstract class Patients {
  abstract find(patientId: string): Promise<Person | undefined>;
  /** An older name than the one that is known: ignored. */
  abstract keep(patient: NamedPerson): Promise<NameChange>;
}
