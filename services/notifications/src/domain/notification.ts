import type { Locale } from './texts.js';

export const kinds = [
  'appointment-requested',
  'appointment-accepted',
  'appointment-rejected',
  'appointment-cancelled',
  'appointment-completed',
  'appointment-missed',
  'appointment-expired',
  'review-invited',
  'review-submitted',
  'review-answered',
  'review-hidden',
] as const;
export type Kind = (typeof kinds)[number];
export type Side = 'patient' | 'doctor';

export const DEFAULT_TIME_ZONE = 'Africa/Tunis';

/** Something that happened to an appointment, or to what was said of it. */
export interface AppointmentNews {
  readonly eventId: string;
  readonly kind: Kind;
  readonly appointmentId: string;
  readonly doctorId: string;
  readonly patientId: string;
  /** Null where the fact does not say. */
  readonly startsAt: Date | null;
  /** Who ended it, where it was ended. */
  readonly by?: Side;
  /** What that side wrote for the other. */
  readonly reason?: string;
  readonly at: Date;
}

/** One line in somebody's bell. Its words are found when it is read: names and languages may change. */
export interface Notification {
  readonly id: string;
  readonly accountId: string;
  readonly kind: Kind;
  /** On which side of the appointment the reader is. */
  readonly side: Side;
  readonly otherId: string;
  readonly appointmentId: string;
  readonly startsAt: Date | null;
  /** The reader did it: a confirmation rather than news. */
  readonly byReader: boolean;
  /** What the other side wrote; it may be personal and is shown to its reader only, never mailed or published. */
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

export interface Person {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: Locale;
  /** IANA name. */
  readonly timeZone: string;
}

const both: readonly Side[] = ['patient', 'doctor'];
const patient: readonly Side[] = ['patient'];
const doctor: readonly Side[] = ['doctor'];

/** Who is told of what. Doctors work from the agenda: their own refusal, and what follows a visit, is no news to them. */
const told: Readonly<Record<Kind, { readers: readonly Side[]; byMail: boolean }>> = {
  'appointment-requested': { readers: both, byMail: true },
  'appointment-accepted': { readers: both, byMail: true },
  'appointment-rejected': { readers: patient, byMail: true },
  'appointment-cancelled': { readers: both, byMail: true },
  'appointment-completed': { readers: patient, byMail: false },
  'appointment-missed': { readers: patient, byMail: false },
  'appointment-expired': { readers: both, byMail: false },
  'review-invited': { readers: patient, byMail: true },
  'review-submitted': { readers: doctor, byMail: true },
  'review-answered': { readers: patient, byMail: false },
  'review-hidden': { readers: patient, byMail: false },
};

export const isMailed = (kind: Kind): boolean => told[kind].byMail;

/** The notification of each side. The id follows from event and reader, so that a doubled event makes no second line. */
export function notificationsOf(news: AppointmentNews): Notification[] {
  const { eventId, kind, appointmentId, doctorId, patientId, startsAt, by, reason = null, at } = news;
  return told[kind].readers.map((side) => ({
    id: `${eventId}.${side.charAt(0)}`,
    accountId: side === 'patient' ? patientId : doctorId,
    kind,
    side,
    otherId: side === 'patient' ? doctorId : patientId,
    appointmentId,
    startsAt,
    byReader: by === side,
    reason: by === side ? null : reason,
    createdAt: at,
    readAt: null,
  }));
}
