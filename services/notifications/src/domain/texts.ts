import type { Kind, Notification, Person, Side } from './notification.js';

export const locales = ['fr', 'en', 'ar'] as const;
export type Locale = (typeof locales)[number];

interface Words {
  title: string;
  /** `{name}` is the other person, `{when}` the start in the reader's zone. */
  body: string;
}

type Catalogue = Readonly<Record<Side, Partial<Record<Kind, Words>>>>;

/** Nothing medical in any of them: neither specialisation nor the reason for the visit. */
const catalogues: Readonly<Record<Locale, Catalogue>> = {
  fr: {
    patient: {
      'appointment-requested': {
        title: 'Demande envoyée',
        body: 'Votre demande de rendez-vous avec {name}, le {when}, a été envoyée. Vous serez prévenu dès sa réponse.',
      },
      'appointment-accepted': { title: 'Rendez-vous confirmé', body: '{name} a accepté votre rendez-vous du {when}.' },
      'appointment-rejected': {
        title: 'Rendez-vous refusé',
        body: '{name} n’a pas pu accepter votre rendez-vous du {when}. Choisissez un autre créneau.',
      },
      'appointment-cancelled': {
        title: 'Rendez-vous annulé',
        body: 'Le rendez-vous avec {name} du {when} est annulé.',
      },
      'appointment-completed': {
        title: 'Consultation terminée',
        body: 'Votre consultation avec {name} du {when} est terminée.',
      },
      'appointment-missed': { title: 'Rendez-vous manqué', body: 'Vous étiez attendu par {name} le {when}.' },
      'appointment-expired': {
        title: 'Demande expirée',
        body: '{name} n’a pas répondu à temps à votre demande du {when}.',
      },
    },
    doctor: {
      'appointment-requested': {
        title: 'Nouvelle demande de rendez-vous',
        body: '{name} demande un rendez-vous le {when}.',
      },
      'appointment-accepted': {
        title: 'Rendez-vous confirmé',
        body: 'Le rendez-vous avec {name}, le {when}, est confirmé.',
      },
      'appointment-rejected': { title: 'Demande refusée', body: 'La demande de {name} pour le {when} est refusée.' },
      'appointment-cancelled': {
        title: 'Rendez-vous annulé',
        body: 'Le rendez-vous avec {name} du {when} est annulé.',
      },
      'appointment-expired': {
        title: 'Demande expirée',
        body: 'La demande de {name} pour le {when} a expiré sans réponse.',
      },
    },
  },
  en: {
    patient: {
      'appointment-requested': {
        title: 'Request sent',
        body: 'Your request for an appointment with {name} on {when} was sent. You will be told of the answer.',
      },
      'appointment-accepted': { title: 'Appointment confirmed', body: '{name} accepted your appointment on {when}.' },
      'appointment-rejected': {
        title: 'Appointment declined',
        body: '{name} could not accept your appointment on {when}. Please choose another slot.',
      },
      'appointment-cancelled': {
        title: 'Appointment cancelled',
        body: 'The appointment with {name} on {when} is cancelled.',
      },
      'appointment-completed': {
        title: 'Consultation finished',
        body: 'Your consultation with {name} on {when} is finished.',
      },
      'appointment-missed': { title: 'Appointment missed', body: '{name} was expecting you on {when}.' },
      'appointment-expired': {
        title: 'Request expired',
        body: '{name} did not answer your request for {when} in time.',
      },
    },
    doctor: {
      'appointment-requested': { title: 'New appointment request', body: '{name} asks for an appointment on {when}.' },
      'appointment-accepted': {
        title: 'Appointment confirmed',
        body: 'The appointment with {name} on {when} is confirmed.',
      },
      'appointment-rejected': { title: 'Request declined', body: 'The request of {name} for {when} is declined.' },
      'appointment-cancelled': {
        title: 'Appointment cancelled',
        body: 'The appointment with {name} on {when} is cancelled.',
      },
      'appointment-expired': {
        title: 'Request expired',
        body: 'The request of {name} for {when} expired without an answer.',
      },
    },
  },
  ar: {
    patient: {
      'appointment-requested': {
        title: 'تم إرسال الطلب',
        body: 'تم إرسال طلب موعدك مع {name} بتاريخ {when}. سنعلمك بالرد.',
      },
      'appointment-accepted': { title: 'تم تأكيد الموعد', body: 'قبل {name} موعدك بتاريخ {when}.' },
      'appointment-rejected': {
        title: 'تم رفض الموعد',
        body: 'تعذّر على {name} قبول موعدك بتاريخ {when}. اختر موعدًا آخر.',
      },
      'appointment-cancelled': { title: 'تم إلغاء الموعد', body: 'أُلغي الموعد مع {name} بتاريخ {when}.' },
      'appointment-completed': { title: 'انتهت الاستشارة', body: 'انتهت استشارتك مع {name} بتاريخ {when}.' },
      'appointment-missed': { title: 'موعد فائت', body: 'كان {name} في انتظارك بتاريخ {when}.' },
      'appointment-expired': {
        title: 'انتهت صلاحية الطلب',
        body: 'لم يرد {name} في الوقت المناسب على طلبك بتاريخ {when}.',
      },
    },
    doctor: {
      'appointment-requested': { title: 'طلب موعد جديد', body: 'يطلب {name} موعدًا بتاريخ {when}.' },
      'appointment-accepted': { title: 'تم تأكيد الموعد', body: 'تم تأكيد الموعد مع {name} بتاريخ {when}.' },
      'appointment-rejected': { title: 'تم رفض الطلب', body: 'تم رفض طلب {name} بتاريخ {when}.' },
      'appointment-cancelled': { title: 'تم إلغاء الموعد', body: 'أُلغي الموعد مع {name} بتاريخ {when}.' },
      'appointment-expired': { title: 'انتهت صلاحية الطلب', body: 'انتهت صلاحية طلب {name} بتاريخ {when} دون رد.' },
    },
  },
};

/** For somebody whose name has not arrived yet. */
const strangers: Readonly<Record<Locale, Readonly<Record<Side, string>>>> = {
  fr: { patient: 'votre docteur', doctor: 'un patient' },
  en: { patient: 'your doctor', doctor: 'a patient' },
  ar: { patient: 'طبيبك', doctor: 'مريض' },
};

const titles: Readonly<Record<Locale, string>> = { fr: 'Dr', en: 'Dr', ar: 'د.' };

/** Languages as Intl knows them, with the digits and the calendar in use in Tunisia. */
const tags: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB', ar: 'ar-TN' };

interface Formats {
  date: Intl.DateTimeFormat;
  time: Intl.DateTimeFormat;
}

/** Making a format costs hundreds of times its use; there are three languages and a few hundred zones. */
const formats = new Map<string, Formats>();

function formatsOf(locale: Locale, timeZone: string): Formats {
  const key = `${locale} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const made: Formats = {
    date: new Intl.DateTimeFormat(tags[locale], {
      timeZone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    }),
    time: new Intl.DateTimeFormat(tags[locale], {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    }),
  };
  formats.set(key, made);
  return made;
}

/** Date and time in the zone, named: `lundi 30 novembre 2026 à 09:00 UTC+1`. */
export function whenOf(instant: Date, locale: Locale, timeZone: string): string {
  const { date, time } = formatsOf(locale, timeZone);
  return `${date.format(instant)}, ${time.format(instant)}`;
}

/** Title and body of a notification for its reader. */
export function wordsFor(
  notification: Pick<Notification, 'kind' | 'side' | 'startsAt'>,
  other: Person | undefined,
  locale: Locale,
  timeZone: string,
): Words {
  const { kind, side, startsAt } = notification;
  const words = catalogues[locale][side][kind];
  if (!words) throw new Error(`no ${locale} text for ${kind}, ${side}`);
  const name = other
    ? `${side === 'patient' ? `${titles[locale]} ` : ''}${other.firstName} ${other.lastName}`.trim()
    : strangers[locale][side];
  const fill = { name, when: whenOf(startsAt, locale, timeZone) };
  const body = words.body.replace(/\{(name|when)\}/g, (_, key: 'name' | 'when') => fill[key]);
  return { title: words.title, body: body.charAt(0).toUpperCase() + body.slice(1) };
}
