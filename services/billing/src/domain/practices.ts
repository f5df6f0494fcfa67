/** Which doctors may see patients, as profiles tells: for the others nothing is taken. */
export abstract class Practices {
  /** Profiles' word; older than what is known: ignored. */
  abstract keep(doctorId: string, isBarred: boolean, sequence: number): Promise<void>;
  /** False of whom nobody has told. */
  abstract isBarred(doctorId: string): Promise<boolean>;
}
