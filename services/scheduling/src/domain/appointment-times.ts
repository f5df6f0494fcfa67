import type { AppointmentState, FactName } from './appointment-state.js';

const ENDS: readonly FactName[] = ['rejected', 'cancelled', 'completed', 'missed', 'expired'];

/** When it was accepted and ended; what is asked for once more is neither. */
export function timesOf(fact: FactName, at: Date): Pick<AppointmentState, 'acceptedAt' | 'endedAt'> {
  if (fact === 'requested') return { acceptedAt: undefined, endedAt: undefined };
  if (fact === 'accepted') return { acceptedAt: at };
  return ENDS.includes(fact) ? { endedAt: at } : {};
}
