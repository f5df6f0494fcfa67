export const kinds = [
  'appointment-requested',
  'appointment-accepted',
  'appointment-rejected',
  'appointment-cancelled',
  'appointment-completed',
  'appointment-missed',
  'appointment-expired',
  'appointment-rescheduled',
  'appointment-reschedule-proposed',
  'appointment-reschedule-declined',
  'appointment-reschedule-lapsed',
  'appointment-hold-lost',
  'appointment-doctor-unavailable',
  'appointment-doctor-available',
  'payment-authorised',
  'payment-captured',
  'payment-failed',
  'payment-pending',
  'payment-refunded',
  'payment-voided',
  'review-invited',
  'review-submitted',
  'review-answered',
  'review-hidden',
  'message-received',
  'record-entry-added',
  'emergency-access-opened',
] as const;
export type Kind = (typeof kinds)[number];
export type Side = 'patient' | 'doctor';

export const DEFAULT_TIME_ZONE = 'Africa/Tunis';

/** An integer amount in the currency's minor unit. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/**
 * Makes the same kind of fact read otherwise: `due`, the patient is to pay next; `unpaid`, it was merely held for its
 * payment, and the doctor has never been told of it; `doctor-unavailable`, nobody called it off: the doctor may see nobody;
 * `unsuitable-by-video`, the doctor judged so at the visit, which ended it; `unanswered`, the doctor has yet to answer.
 */
export type Variant = 'due' | 'unpaid' | 'doctor-unavailable' | 'unsuitable-by-video' | 'unanswered';

/** Called off without the doctor having anything to learn of it. */
const forPatients: readonly Variant[] = ['unpaid', 'doctor-unavailable', 'unsuitable-by-video'];

/** Something that happened to an appointment, to its payment, or to what was said of it. */
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
  readonly variant?: Variant;
  readonly paymentId?: string;
  readonly amount?: Money;
  readonly at: Date;
  /** Told again: as news, or of a past of which others have told long ago. */
  readonly again?: 'news' | 'past';
}

/** One line in somebody's bell. Its words are found when it is read: names and languages may change. */
export interface Notification {
  readonly id: string;
  readonly accountId: string;
  readonly kind: Kind;
  /** On which side of the appointment or the conversation the reader is. */
  readonly side: Side;
  readonly otherId: string;
  /** Of all news but of messages and of the record. */
  readonly appointmentId?: string;
  readonly conversationId?: string;
  readonly startsAt: Date | null;
  /** The reader did it: a confirmation rather than news. */
  readonly byReader: boolean;
  /** What the other side wrote; it may be personal and is shown to its reader only, never mailed or published. */
  readonly reason: string | null;
  readonly variant?: Variant;
  readonly paymentId?: string;
  readonly amount?: Money;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

export interface Person {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
}

const both: readonly Side[] = ['patient', 'doctor'];
const patient: readonly Side[] = ['patient'];
const doctor: readonly Side[] = ['doctor'];
const nobody: readonly Side[] = [];

/** Who is told of what. Doctors work from the agenda: their own refusal, and what follows a visit, is no news to them. */
const told: Readonly<Record<Kind, { readers: readonly Side[]; byMail: readonly Side[] }>> = {
  'appointment-requested': { readers: both, byMail: both },
  'appointment-accepted': { readers: both, byMail: both },
  'appointment-rejected': { readers: patient, byMail: both },
  'appointment-cancelled': { readers: both, byMail: both },
  'appointment-completed': { readers: patient, byMail: nobody },
  'appointment-missed': { readers: patient, byMail: nobody },
  'appointment-expired': { readers: both, byMail: nobody },
  'appointment-rescheduled': { readers: both, byMail: both },
  'appointment-reschedule-proposed': { readers: patient, byMail: patient },
  'appointment-reschedule-declined': { readers: doctor, byMail: doctor },
  'appointment-reschedule-lapsed': { readers: both, byMail: both },
  'appointment-hold-lost': { readers: patient, byMail: patient },
  // Only patients have something to do, and to know, of it.
  'appointment-doctor-unavailable': { readers: patient, byMail: patient },
  'appointment-doctor-available': { readers: patient, byMail: patient },
  'payment-authorised': { readers: patient, byMail: nobody },
  // With the receipt.
  'payment-captured': { readers: both, byMail: patient },
  // Only where the patient was away: at the page they see it themselves.
  'payment-failed': { readers: patient, byMail: patient },
  'payment-pending': { readers: patient, byMail: patient },
  'payment-refunded': { readers: both, byMail: patient },
  'payment-voided': { readers: patient, byMail: nobody },
  'review-invited': { readers: patient, byMail: both },
  'review-submitted': { readers: doctor, byMail: both },
  'review-answered': { readers: patient, byMail: nobody },
  'review-hidden': { readers: patient, byMail: nobody },
  // Whoever did not write it; by mail where it is not read soon.
  'message-received': { readers: both, byMail: both },
  'record-entry-added': { readers: patient, byMail: nobody },
  // At once, and by letter: somebody who does not treat them has seen all.
  'emergency-access-opened': { readers: patient, byMail: patient },
};

export const isMailed = ({ kind, side }: Pick<Notification, 'kind' | 'side'>): boolean =>
  told[kind].byMail.includes(side);

/** The notification of each side. The id follows from event and reader, so that a doubled event makes no second line. */
export function notificationsOf(news: AppointmentNews): Notification[] {
  const { eventId, kind, appointmentId, doctorId, patientId, startsAt, by, reason = null, at } = news;
  const { variant, paymentId, amount, again } = news;
  const readers = variant && forPatients.includes(variant) ? patient : told[kind].readers;
  return readers.map((side) => ({
    id: `${eventId}.${side.charAt(0)}`,
    accountId: side === 'patient' ? patientId : doctorId,
    kind,
    side,
    otherId: side === 'patient' ? doctorId : patientId,
    appointmentId,
    startsAt,
    byReader: by === side,
    reason: by === side ? null : reason,
    // Only patients pay.
    ...(variant && (side === 'patient' || variant === 'unanswered') && { variant }),
    ...(paymentId !== undefined && { paymentId }),
    ...(amount && { amount }),
    createdAt: at,
    readAt: again === 'past' ? at : null,
  }));
}

/** Something happened to a patient's record. */
export interface RecordNews {
  readonly eventId: string;
  readonly patientId: string;
  readonly doctorId: string;
  readonly at: Date;
}

const ofRecord = (id: string, kind: Kind, { patientId, doctorId, at }: RecordNews): Notification => ({
  id,
  accountId: patientId,
  kind,
  side: 'patient',
  otherId: doctorId,
  startsAt: null,
  byReader: false,
  reason: null,
  createdAt: at,
  readAt: null,
});

/** One line for all that the same doctor writes on the same day (UTC): its id is the same for all of it. */
export const entryNotificationOf = (news: RecordNews): Notification => {
  const day = news.at.toISOString().slice(0, 10);
  return ofRecord(`record.${news.patientId}.${news.doctorId}.${day}`, 'record-entry-added', news);
};

export const emergencyNotificationOf = (news: RecordNews): Notification =>
  ofRecord(`${news.eventId}.p`, 'emergency-access-opened', news);
