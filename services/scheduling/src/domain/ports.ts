/** Now, as an argument: the domain reads no clock of its own. */
export abstract class Clock {
  abstract now(): Date;
}

/** How long a slot waits for its payment. */
export abstract class HoldLength {
  abstract readonly minutes: number;
}

/** Unique identifiers, each provably made for the patient. */
export abstract class Ids {
  /** In order of time; with a seed the same for the same patient and seed, and in no order. */
  abstract next(patientId: string, seed?: string): string;
}
