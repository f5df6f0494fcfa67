import type { Kind } from '../notification.js';

export interface Words {
  title: string;
  /** `{name}` is the other person, `{when}` the start in the reader's zone. */
  body: string;
}

/** One text for each kind; a cancellation reads differently for whoever cancelled. */
export type TextKey = Kind | 'appointment-cancelled-by-reader';

/**
 * Everything that people read, in one language. Nothing medical in any of it: neither the specialisation nor the
 * reason for the visit.
 */
export interface Texts {
  patient: Readonly<Record<TextKey, Words>>;
  /** Doctors run their week from the agenda: what they did themselves to a request or after a visit is no news. */
  doctor: Readonly<
    Record<Exclude<TextKey, 'appointment-rejected' | 'appointment-completed' | 'appointment-missed'>, Words>
  >;
  /** For somebody whose name has not arrived yet, by the side that reads. */
  stranger: Readonly<Record<'patient' | 'doctor', string>>;
  /** Before a doctor's name. */
  doctorTitle: string;
  letter: Readonly<{
    /** `{name}` is the reader. */
    greeting: string;
    button: string;
    /** `{url}` is where the button leads, for those who read plain text. */
    link: string;
    footer: string;
  }>;
}
