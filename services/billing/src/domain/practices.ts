import type { Person } from './values.js';

/** What a payment wants to know of its doctor. */
export interface KnownDoctor {
  readonly person: Person;
  /** May see nobody. */
  readonly isBarred: boolean;
}

/** Which doctors may see patients, as profiles tells: for the others nothing is taken. */
export abstract class Practices {
  /** Profiles' word; older than what is known: ignored. */
  abstract keep(doctorId: string, isBarred: boolean, sequence: number): Promise<void>;
  /** False of whom nobody has told. */
  abstract isBarred(doctorId: string): Promise<boolean>;
  /** With the name, in one look. */
  abstract doctor(doctorId: string): Promise<KnownDoctor>;
}
