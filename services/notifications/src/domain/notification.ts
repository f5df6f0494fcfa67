import type { Locale } from './texts.js';

export const kinds = [
  'appointment-requested',
  'appointment-accepted',
  'appointment-rejected',
  'appointment-cancelled',
  'appointment-completed',
  'appointment-missed',
  'appointment-expired',
] as const;
export type Kind = (typeof kinds)[number];
export type Side = 'patient' | 'doctor';

/** Something that happened to an appointment, as scheduling tells it. */
export interface AppointmentNews {
  readonly eventId: string;
  readonly kind: Kind;
  readonly appointmentId: string;
  readonly doctorId: string;
  readonly patientId: string;
  readonly startsAt: Date;
  /** What one side wrote for the other. */
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
  readonly startsAt: Date;
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

/** Doctors run their week from the agenda: only what needs them or ends something is worth a line. */
const patientOnly: readonly Kind[] = ['appointment-completed', 'appointment-missed'];
const byMail: readonly Kind[] = [
  'appointment-requested',
  'appointment-accepted',
  'appointment-rejected',
  'appointment-cancelled',
];

export const isMailed = (kind: Kind): boolean => byMail.includes(kind);

/** The notification of each side. The id follows from event and reader, so that a doubled event makes no second line. */
export function notificationsOf(news: AppointmentNews): Notification[] {
  const { eventId, kind, appointmentId, doctorId, patientId, startsAt, reason = null, at } = news;
  const common = { kind, appointmentId, startsAt, createdAt: at, readAt: null };
  const forPatient: Notification = {
    id: `${eventId}.p`,
    accountId: patientId,
    side: 'patient',
    otherId: doctorId,
    reason,
    ...common,
  };
  const forDoctor: Notification = {
    id: `${eventId}.d`,
    accountId: doctorId,
    side: 'doctor',
    otherId: patientId,
    reason,
    ...common,
  };
  return patientOnly.includes(kind) ? [forPatient] : [forPatient, forDoctor];
}
