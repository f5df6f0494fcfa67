import type { Locale } from '@medflow/service-kit';
import type { AppointmentState, Side, Status } from '../../domain/appointment-state.js';
import type { Mode } from '../../domain/values.js';
import type { CalendarEvent } from './calendar-file.js';

interface Words {
  readonly title: string;
  readonly summary: (name: string) => string;
  readonly modes: Readonly<Record<Mode, string>>;
}

const words: Readonly<Record<Locale, Words>> = {
  fr: {
    title: 'Dr',
    summary: (name) => `Rendez-vous avec ${name}`,
    modes: { video: 'En vidéo', 'in-person': 'Au cabinet' },
  },
  en: {
    title: 'Dr',
    summary: (name) => `Appointment with ${name}`,
    modes: { video: 'By video', 'in-person': 'At the practice' },
  },
  ar: {
    title: 'د.',
    summary: (name) => `موعد مع ${name}`,
    modes: { video: 'بالفيديو', 'in-person': 'في العيادة' },
  },
};

const statuses: Readonly<Record<Status, CalendarEvent['status']>> = {
  held: 'TENTATIVE',
  requested: 'TENTATIVE',
  accepted: 'CONFIRMED',
  completed: 'CONFIRMED',
  missed: 'CONFIRMED',
  rejected: 'CANCELLED',
  cancelled: 'CANCELLED',
  expired: 'CANCELLED',
};

/** As the calendar of that side shows it. Why the patient comes is left out: calendars are shared. */
export function calendarEvent(state: AppointmentState, side: Side, locale: Locale): CalendarEvent {
  const other = side === 'patient' ? state.doctor : state.patient;
  const { title, summary, modes } = words[locale];
  const name = `${other.firstName} ${other.lastName}`;
  return {
    uid: `appointment-${state.id}@medflow`,
    sequence: state.version,
    status: statuses[state.status],
    startsAt: state.startsAt,
    endsAt: state.endsAt,
    summary: summary(side === 'patient' ? `${title} ${name}` : name),
    description: modes[state.mode],
  };
}
