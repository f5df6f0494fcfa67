import type { AccountLetterKind } from '../account-letter.js';
import type { Kind } from '../notification.js';

export interface Words {
  title: string;
  /** `{name}` is the other person, `{when}` the start in the reader's zone, `{amount}` the money; each where the fact says it. */
  body: string;
}

/** One text for each kind; a cancellation reads differently for whoever cancelled. */
export type TextKey =
  | Kind
  | 'appointment-cancelled-by-reader'
  /** Nobody did: the doctor may see nobody. */
  | 'appointment-cancelled-unavailable'
  /** The doctor judged at the visit that video does not suit. */
  | 'appointment-cancelled-unsuitable'
  /** The patient is to pay next. */
  | 'appointment-accepted-due'
  /** The doctor has yet to answer. */
  | 'appointment-rescheduled-unanswered'
  /** A hold that nobody paid. */
  | 'appointment-expired-unpaid';

type NotForPatients = 'review-submitted' | 'appointment-reschedule-declined';
/** Doctors run their week from the agenda: what they did themselves to a request or after a visit is no news to them. */
type NotForDoctors =
  | 'appointment-rejected'
  | 'record-entry-added'
  | 'emergency-access-opened'
  | 'appointment-completed'
  | 'appointment-missed'
  | 'appointment-accepted-due'
  | 'appointment-expired-unpaid'
  | 'appointment-hold-lost'
  | 'appointment-reschedule-proposed'
  | 'appointment-cancelled-unavailable'
  | 'appointment-cancelled-unsuitable'
  | 'appointment-doctor-unavailable'
  | 'appointment-doctor-available'
  | 'payment-authorised'
  | 'payment-failed'
  | 'payment-pending'
  | 'payment-voided'
  | 'review-invited'
  | 'review-answered'
  | 'review-hidden';

/** Where a letter's button leads. */
export type Way =
  | 'answer'
  | 'appointment'
  | 'message'
  | 'notifications'
  | 'pay'
  | 'payments'
  | 'rate'
  | 'record'
  | 'reviews'
  | 'verify'
  | 'recover'
  | 'secure'
  | 'signIn';

/**
 * Everything that people read, in one language. Nothing medical in any of it: neither the specialisation nor the
 * reason for the visit, nor what was said of it.
 */
export interface Texts {
  patient: Readonly<Record<Exclude<TextKey, NotForPatients>, Words>>;
  doctor: Readonly<Record<Exclude<TextKey, NotForDoctors>, Words>>;
  /** About the account itself. */
  account: Readonly<Record<AccountLetterKind, Words>>;
  /** For somebody whose name has not arrived yet, by the side that reads. */
  stranger: Readonly<Record<'patient' | 'doctor', string>>;
  /** Before a doctor's name. */
  doctorTitle: string;
  letter: Readonly<{
    /** `{name}` is the reader. */
    greeting: string;
    /** For an address that may be a stranger's. */
    unnamedGreeting: string;
    /** Several news in one letter; `{count}` is how many. */
    bundle: Words;
    /** `{url}` is where the button leads, for those who read plain text. */
    ways: Readonly<Record<Way, { button: string; link: string }>>;
    footer: string;
  }>;
}
