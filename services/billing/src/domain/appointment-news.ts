import type { AppointmentStatus, ChargeStatus, Timing } from './charge-state.js';
import type { Mode, Money } from './values.js';

/** What scheduling says of an appointment. */
export interface AppointmentNews {
  readonly appointmentId: string;
  readonly patientId: string;
  readonly doctorId: string;
  readonly startsAt: Date;
  readonly mode: Mode;
  readonly price: Money;
  readonly timing: Timing;
  readonly status: AppointmentStatus;
  readonly sequence: number;
  /** What the policy gives back of the price; absent: all of it. */
  readonly refund?: number;
  /** What scheduling has heard of its payment, where it tells it again. */
  readonly knownPayment?: KnownPayment;
}

/** A payment of which others know, as they know it. */
export interface KnownPayment {
  readonly paymentId: string;
  readonly status: ChargeStatus;
  readonly sequence: number;
}
