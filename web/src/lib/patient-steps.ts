import type { Appointment } from './appointments';
import { isAnswerable, isCompletable, isPast } from './visit';

/** Key of the words of what a doctor had best do next for a patient, and the appointment that it is about. */
export interface PatientStep {
  name: 'answer' | 'complete' | 'await';
  appointment: Appointment;
}

const byStart = (a: Appointment, b: Appointment): number => Date.parse(a.startsAt) - Date.parse(b.startsAt);

/**
 * A visit that can be closed comes before a request that waits, and both before a visit that is only to come; of several, the
 * earliest. Undefined: there is nothing to do.
 */
export function nextStepOf(appointments: readonly Appointment[], now: number): PatientStep | undefined {
  const sorted = [...appointments].sort(byStart);
  const first = (name: PatientStep['name'], is: (appointment: Appointment) => boolean): PatientStep | undefined => {
    const appointment = sorted.find(is);
    return appointment && { name, appointment };
  };
  return (
    first('complete', (appointment) => isCompletable(appointment, now)) ??
    first('answer', (appointment) => isAnswerable(appointment, now)) ??
    first('await', (appointment) => appointment.status === 'accepted' && !isPast(appointment, now))
  );
}
