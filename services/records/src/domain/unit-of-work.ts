/** What is written to one patient's record inside is stored together or not at all. */
export abstract class UnitOfWork {
  /** The work may be repeated: it must have no effect but through repositories. */
  abstract run<T>(patientId: string, work: () => Promise<T>): Promise<T>;
}
