import { Injectable } from '@nestjs/common';
import type { DoctorAndPatient } from '../domain/doctor-patients.js';

/** Brings word of whose appointments this process has changed, from where they are saved to whoever sums them up. */
@Injectable()
export class PatientChanges {
  private readonly changed = new Map<string, DoctorAndPatient>();
  private listener: () => void = () => undefined;

  listen(listener: () => void): void {
    this.listener = listener;
  }

  /** Once it is committed. */
  announce(pair: DoctorAndPatient): void {
    this.changed.set(`${pair.doctorId}|${pair.patientId}`, pair);
    this.listener();
  }

  /** Up to `limit` that were announced since they were taken last. */
  take(limit: number): DoctorAndPatient[] {
    const taken = [...this.changed].slice(0, limit);
    for (const [key] of taken) this.changed.delete(key);
    return taken.map(([, pair]) => pair);
  }
}
