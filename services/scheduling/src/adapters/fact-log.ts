import type { AppointmentFact } from '../domain/appointment-state.js';
import type { AvailabilitySummary } from '../domain/availability-summary.js';

/** Where repositories leave what happened, inside their transaction; the bus adapter turns it into events. */
export abstract class FactLog {
  abstract append(facts: readonly AppointmentFact[]): Promise<void>;
  abstract summarised(doctorId: string, summary: AvailabilitySummary, sequence: number): Promise<void>;
}
