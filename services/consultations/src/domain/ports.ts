/** Now, as an argument: the domain reads no clock of its own. */
export abstract class Clock {
  abstract now(): Date;
}

/** Unique, time-ordered identifiers. */
export abstract class Ids {
  abstract next(): string;
}
