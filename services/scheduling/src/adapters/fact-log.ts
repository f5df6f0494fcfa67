import type { AppointmentFact } from '../domain/appointment-state.js';
import type { AvailabilitySummary } from '../domain/availability-summary.js';

/** A doctor has published an availability plan. */
export interface PlanFact {
  readonly doctorId: string;
  readonly timeZone: string;
  readonly version: number;
  /** Absent for plans of earlier releases. */
  readonly at?: Date;
}

/** Where repositories leave what happened, inside their transaction; the bus adapter turns it into events. */
export abstract class FactLog {
  abstract append(facts: readonly AppointmentFact[]): Promise<void>;
  abstract planned(plan: PlanFact): Promise<void>;
  abstract summarised(doctorId: string, summary: AvailabilitySummary, sequence: number): Promise<void>;
}
