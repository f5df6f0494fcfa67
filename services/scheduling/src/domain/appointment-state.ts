import type { CancellationPolicy } from './cancellation-policy.js';
import type { Examination } from './examination.js';
import type { SearchFor } from './search-for.js';
import type { Mode, Money, Person } from './values.js';

export type Status = 'held' | 'requested' | 'accepted' | 'rejected' | 'cancelled' | 'completed' | 'missed' | 'expired';
export type Side = 'patient' | 'doctor';

export type PaymentTiming = 'at-booking' | 'after-acceptance';

export type PaymentStatus =
  | 'none'
  | 'due'
  | 'requires-action'
  | 'processing'
  | 'authorised'
  | 'paid'
  | 'failed'
  | 'voided'
  | 'partly-refunded'
  | 'refunded';

/** How the payment stands, as billing tells. */
export interface PaymentState {
  readonly status: PaymentStatus;
  readonly paymentId?: string;
  /** Of billing's last word; 0 before the first. */
  readonly sequence: number;
  /** Went back so far, in minor units. */
  readonly refunded?: number;
}

/** Another time that the doctor proposes for an appointment. */
export interface Proposal {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly mode: Mode;
  readonly price: Money;
  readonly bufferMinutes: number;
  /** It lapses when its own time or the one that it would replace has come. */
  readonly until: Date;
}

/** The doctor may see nobody, or judged at the visit that video does not suit. */
export type CallOffCause = 'doctor-unavailable' | 'unsuitable-by-video';

export interface AppointmentState {
  readonly id: string;
  readonly doctor: Person;
  readonly patient: Person;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly mode: Mode;
  readonly price: Money;
  readonly bufferMinutes: number;
  /** What the patient wrote when booking; for the doctor only, never on the bus. */
  readonly reason: string | null;
  readonly status: Status;
  readonly timing: PaymentTiming;
  /** As it was when it was booked, whatever the doctor changed since. */
  readonly policy: CancellationPolicy;
  readonly payment: PaymentState;
  /** Where a rule asks how the doctor knows whom they see by video. */
  readonly examination?: Examination;
  /** The doctor accepts at once whatever is paid. */
  readonly autoAccept: boolean;
  /** Only while it is held; not after the start. */
  readonly holdUntil?: Date;
  /** False while the doctor has not been told of it: merely held so far. */
  readonly announced: boolean;
  /** Its payment came too late and is on its way back: for good, even if the time should become free again. */
  readonly holdLost?: boolean;
  /** Accepted, and the doctor may see nobody any more: for the patient to move or to call off. */
  readonly doctorUnavailable?: true;
  /** What the patient can look for instead. */
  readonly searchFor?: SearchFor;
  /** Its time is claimed as well, until it lapses; the patient has yet to answer. */
  readonly proposal?: Proposal;
  /** The doctor had accepted it before it was moved. */
  readonly acceptedBefore?: true;
  readonly rejection?: { readonly reason: string };
  readonly cancellation?: {
    readonly by: Side;
    readonly reason: string | null;
    /** Absent: a wish of that side. */
    readonly because?: CallOffCause;
  };
  /** What goes back, of what is paid if it is, after a cancellation; minor units. */
  readonly refund?: {
    readonly percent: number;
    readonly amount: number;
    /** Something was paid or set aside at that moment. */
    readonly given: boolean;
  };
  /** Of the body of the request that booked it, where that had a key; tells nothing without the key. */
  readonly requestDigest?: string;
  readonly createdAt: Date;
  /** Of the doctor's yes. */
  readonly acceptedAt?: Date;
  /** It was refused, called off, held or missed, or lapsed. */
  readonly endedAt?: Date;
  /** Rises by one with every change. */
  readonly version: number;
}

export type FactName =
  | 'held'
  | 'requested'
  | 'accepted'
  | 'rejected'
  | 'cancelled'
  | 'completed'
  | 'missed'
  | 'expired'
  | 'rescheduled'
  | 'reschedule-proposed'
  | 'reschedule-declined'
  | 'reschedule-lapsed'
  | 'hold-lost'
  | 'doctor-unavailable'
  | 'doctor-available';

/** Something that happened to an appointment, with its state right after. */
export interface AppointmentFact {
  readonly name: FactName;
  readonly appointment: AppointmentState;
  readonly at: Date;
  /** Who did it and what they wrote, where the other side is to know. */
  readonly by?: 'patient' | 'doctor';
  readonly reason?: string;
  /** When it was to begin before it was moved. */
  readonly previousStartsAt?: Date;
  /** What was proposed. */
  readonly proposal?: Proposal;
}
