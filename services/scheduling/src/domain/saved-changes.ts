import type { Appointment } from './appointment.js';
import type { FactName } from './appointment-state.js';
import { outcomeOf } from './doctor-days.js';
import { isOpenRequest } from './open-requests.js';

// What a step changes of the claims and counts that are kept beside an appointment.

const tells = ({ facts }: Appointment, name: FactName): boolean => facts.some((fact) => fact.name === name);

/** It waited for an answer with nothing given for it, and does so no more. */
export const endsRequest = ({ saved, isOpenRequest: isOpen }: Appointment): boolean =>
  saved !== undefined && isOpenRequest(saved) && !isOpen;

/** It claims other time than before, and is not over. */
export const changesTime = (appointment: Appointment): boolean =>
  !appointment.releasesTime &&
  (tells(appointment, 'rescheduled') || appointment.saved?.proposal !== appointment.state.proposal);

/** What became of it is known for good. */
export const isSettledNow = (appointment: Appointment): boolean =>
  outcomeOf(appointment.state) !== undefined && tells(appointment, appointment.state.status);

/** What was only held is claimed for good. */
export const confirmsHold = (appointment: Appointment): boolean =>
  appointment.saved?.status === 'held' && tells(appointment, 'requested');

/** The time is to be claimed once more, for good: its hold had lapsed. */
export const reclaimsTime = (appointment: Appointment): boolean =>
  appointment.saved?.status === 'expired' && tells(appointment, 'requested');
