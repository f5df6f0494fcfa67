/** The keys that records are sealed with, one for each patient. */
export abstract class Keys {
  /** Wraps with the current master key what an earlier one wraps; reads go on meanwhile. @returns how many */
  abstract rewrap(): Promise<number>;
  abstract isDestroyed(patientId: string): Promise<boolean>;
  /** @returns when it was destroyed, now or before */
  abstract destroy(patientId: string, now: Date): Promise<Date>;
}
