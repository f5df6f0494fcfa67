/** Now, as an argument: the domain reads no clock of its own. */
export abstract class Clock {
  abstract now(): Date;
}

/** How long a slot waits for its payment. */
export abstract class HoldLength {
  abstract readonly minutes: number;
}

/** Unique, time-ordered identifiers, each provably made for the patient. */
export abstract class Ids {
  abstract next(patientId: string): string;
}
