import type { AppointmentState, PaymentTiming } from './appointment-state.js';
import type { CancellationPolicy } from './cancellation-policy.js';
import { type Examination, isSettled } from './examination.js';
import { holdEnd } from './hold-policy.js';
import type { Slot } from './slot.js';
import type { Person } from './values.js';

/** On what terms a doctor can be booked. */
export interface BookingTerms {
  readonly payment: PaymentTiming;
  readonly autoAccept: boolean;
  readonly cancellation: CancellationPolicy;
  /** How long a slot waits for its payment. */
  readonly holdMinutes: number;
}

export interface Booking {
  readonly id: string;
  readonly slot: Slot;
  readonly doctor: Person;
  readonly patient: Person;
  readonly reason: string | null;
  readonly terms: BookingTerms;
  /** Whether the patient may ask for the doctor's time; who may not can hold it for a payment. Default true. */
  readonly mayConfirm?: boolean;
  readonly requestDigest?: string;
  /** Where a rule asks for it. What is merely declared the doctor answers, also who accepts every booking. */
  readonly examination?: Examination;
}

/** Of a new appointment: held for its payment where the doctor is paid at booking, until the visit begins at the latest. */
export function firstStateOf(booking: Booking, now: Date): AppointmentState {
  const { id, slot, doctor, patient, reason, terms, requestDigest, examination } = booking;
  const { startsAt, endsAt, mode, price, bufferMinutes } = slot;
  const { payment: timing, autoAccept, cancellation: policy, holdMinutes } = terms;
  const isFree = price.amount === 0;
  const isHeld = timing === 'at-booking' && !isFree;
  return {
    id,
    doctor,
    patient,
    startsAt,
    endsAt,
    mode,
    price,
    bufferMinutes,
    reason,
    status: isHeld ? 'held' : 'requested',
    timing,
    policy,
    payment: { status: isFree ? 'none' : 'due', sequence: 0 },
    autoAccept: autoAccept && (!examination || isSettled(examination)),
    ...(examination && { examination }),
    ...(isHeld && { holdUntil: holdEnd(now, holdMinutes, startsAt) }),
    announced: !isHeld,
    ...(requestDigest !== undefined && { requestDigest }),
    createdAt: now,
    version: 1,
  };
}
