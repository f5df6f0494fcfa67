/** Now, as an argument: the domain reads no clock of its own. */
export abstract class Clock {
  abstract now(): Date;
}

/** Unique, time-ordered identifiers. */
export abstract class Ids {
  abstract next(): string;
}

/** Local days of doctors, by which their figures count. */
export abstract class DoctorDays {
  /** `YYYY-MM-DD`. */
  abstract at(doctorId: string, instant: Date): Promise<string>;
}
