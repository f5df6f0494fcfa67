import type { AppointmentState } from './appointment-state.js';

/** What waits for somebody, by start. Cost depends on what is to come, not on what was. */
export abstract class Agendas {
  /** Of the doctor's visits that start in [from, to): those that are on, or were. */
  abstract visits(doctorId: string, from: Date, to: Date): Promise<AppointmentState[]>;

  /** Requests to the doctor that can be answered at `now`: how many, and the first of them. */
  abstract requests(doctorId: string, now: Date, limit: number): Promise<{ count: number; first: AppointmentState[] }>;

  /** The patient's next visit that has not ended by `now`, accepted or asked for. */
  abstract next(patientId: string, now: Date): Promise<AppointmentState | undefined>;

  /** What the patient can pay at `now` of visits that started after `since`. */
  abstract unpaid(patientId: string, since: Date, now: Date, limit: number): Promise<AppointmentState[]>;
}
