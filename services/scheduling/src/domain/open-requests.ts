import type { AppointmentState } from './appointment-state.js';

/** Visits that a patient has had: completed ones. */
export interface VisitsHad {
  readonly withDoctor: number;
  readonly inAll: number;
}

export interface OpenRequestLimits {
  /** With one doctor. */
  readonly doctor: number;
  readonly all: number;
}

/**
 * How many requests of a patient may wait for an answer at a time. Each keeps others from its slot and costs nothing, so
 * whom nobody has seen yet has few: three with one doctor, eight in all. Who has been to the doctor has six with that
 * doctor; each visit, with whomever, gives one more in all, up to twenty.
 */
export const openRequestLimits = ({ withDoctor, inAll }: VisitsHad): OpenRequestLimits => ({
  doctor: withDoctor > 0 ? 6 : 3,
  all: Math.min(8 + inAll, 20),
});

export const NO_VISITS: VisitsHad = { withDoctor: 0, inAll: 0 };
export const MOST_VISITS: VisitsHad = { withDoctor: Infinity, inAll: Infinity };

/**
 * Waits for the doctor's answer, and nothing is given for it. What is paid at booking has its price set aside, and before
 * that is one of the few holds of its patient; what is accepted at once waits for nobody. Nor does a visit count that the
 * doctor had accepted before it was moved: it keeps as much from others as it did.
 */
export const isOpenRequest = ({
  status,
  timing,
  price,
  acceptedBefore,
}: Pick<AppointmentState, 'status' | 'timing' | 'price' | 'acceptedBefore'>): boolean =>
  status === 'requested' && !acceptedBefore && !(timing === 'at-booking' && price.amount > 0);
