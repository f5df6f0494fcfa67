import type { AppointmentState } from './appointment.js';

export type FactName = 'requested' | 'accepted' | 'rejected' | 'cancelled' | 'completed' | 'missed' | 'expired';

/** Something that happened to an appointment, with its state right after. */
export interface AppointmentFact {
  readonly name: FactName;
  readonly appointment: AppointmentState;
  readonly at: Date;
  /** Who did it and what they wrote, where the other side is to know. */
  readonly by?: 'patient' | 'doctor';
  readonly reason?: string;
}
