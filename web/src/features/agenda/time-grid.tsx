import '@mantine/schedule/styles.css';
import { DayView, type ScheduleEventData, WeekView } from '@mantine/schedule';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../lib/appointments';
import { addDays, formatTime, mondayOf, tagOf } from '../../lib/format';
import { hoursAround, type Span } from '../../lib/hours';
import { noon } from '../../lib/month';
import { fullName } from '../../lib/people';
import type { Availability } from '../../lib/profile';
import { useOwnDayNames } from '../../lib/schedule';
import { weekOn } from '../../lib/seasons';
import type { Slot } from '../../lib/slots';
import { wallTime } from '../../lib/wall-time';
import { isAway, type Range, rangeOf, stepOf } from './ranges';

interface TimeGridProps {
  view: 'day' | 'week';
  /** `YYYY-MM-DD` */
  day: string;
  plan: Availability;
  appointments: readonly Appointment[];
  free: readonly Slot[];
  onVisit: (id: string) => void;
  /** Of an empty part of a day. */
  onRange: (range: Range) => void;
  /** A visit was dragged to a time; `YYYY-MM-DD HH:mm:ss` in the plan's zone. */
  onMove: (visit: Appointment, to: string) => void;
  isMovable: (visit: Appointment) => boolean;
}

const HOUR_REM = 4.5;
/** No row is lower than a finger or a pointer needs (WCAG 2.5.8). */
const ROW_REM = 1.5;
const USUAL_HOURS: Span = ['08:00', '18:00'];

const colors: Partial<Record<Appointment['status'], string>> = {
  requested: 'yellow',
  accepted: 'sea',
  completed: 'gray',
  missed: 'orange',
};

/** A day or a week by the hour, in the time zone of the doctor's plan: visits, what is free, and absences. */
export default function TimeGrid(props: TimeGridProps) {
  const { view, day, plan, appointments, free, onVisit, onRange, onMove, isMovable } = props;
  const { t, i18n } = useTranslation();
  const zone = plan.timeZone;
  const grid = useOwnDayNames();
  const events: ScheduleEventData<{ visit: Appointment }>[] = appointments.map((visit) => ({
    id: visit.id,
    title: fullName(visit.patient),
    start: wallTime(visit.startsAt, zone),
    end: wallTime(visit.endsAt, zone),
    color: colors[visit.status] ?? 'gray',
    payload: { visit },
  }));
  const freeSpans = free.map(({ startsAt, endsAt }) => [wallTime(startsAt, zone), wallTime(endsAt, zone)] as const);
  const kindOf = (start: string, end: string): string | undefined => {
    const range = rangeOf(start, end);
    if (range && isAway(plan, range)) return 'away';
    return freeSpans.some(([from, to]) => from < end && start < to) ? 'free' : undefined;
  };
  const visitOf = (event: ScheduleEventData) => (event.payload as { visit: Appointment }).visit;
  const pick = (start: string, end: string) => {
    const range = rangeOf(start, end);
    if (range) onRange(range);
  };
  const days = view === 'day' ? [day] : Array.from({ length: 7 }, (_, n) => addDays(mondayOf(day), n));
  const step = stepOf(plan, days);
  const common = {
    date: day,
    events,
    withHeader: false,
    intervalMinutes: step,
    slotHeight: `${Math.max(HOUR_REM, (ROW_REM * 60) / step)}rem`,
    ...hoursAround(
      [
        ...days.flatMap((date) => weekOn(plan, date)),
        ...plan.dates,
        ...events.map(({ start, end }) => ({ start: String(start).slice(11, 16), end: String(end).slice(11, 16) })),
      ],
      USUAL_HOURS,
    ),
    slotLabelFormat: (date: string) => date.slice(11, 16),
    getCurrentTime: () => wallTime(Date.now(), zone),
    highlightToday: true,
    labels: { timeSlot: t('agenda.slot') },
    getTimeSlotProps: ({ start, end }: { start: string; end: string }) => ({
      'data-kind': kindOf(start, end),
      'aria-label': `${new Intl.DateTimeFormat(tagOf(i18n.language), { weekday: 'long', day: 'numeric' }).format(noon(start.slice(0, 10)))}, ${start.slice(11, 16)}, ${t(`agenda.kinds.${kindOf(start, end) ?? 'none'}`)}`,
    }),
    renderEventBody: (event: ScheduleEventData) => {
      const visit = visitOf(event);
      return (
        <span className="visit-block" data-status={visit.status} data-mode={visit.mode}>
          <strong>{formatTime(visit.startsAt, i18n.language, zone)}</strong> {event.title}
          <span className="visually-hidden">
            {`, ${t(`modes.${visit.mode}`)}, ${t(`appointments.status.${visit.status}`)}`}
          </span>
        </span>
      );
    },
    onEventClick: (event: ScheduleEventData) => onVisit(String(event.id)),
    onTimeSlotClick: ({ slotStart, slotEnd }: { slotStart: string; slotEnd: string }) => pick(slotStart, slotEnd),
    withDragSlotSelect: true,
    onSlotDragEnd: pick,
    withEventsDragAndDrop: true,
    canDragEvent: (event: ScheduleEventData) => isMovable(visitOf(event)),
    onEventDrop: ({ event, newStart }: { event: ScheduleEventData; newStart: string }) =>
      onMove(visitOf(event), newStart),
  };
  const weekday = (date: string) =>
    new Intl.DateTimeFormat(tagOf(i18n.language), { weekday: 'short' }).format(noon(date.slice(0, 10)));
  return (
    <div className="time-grid" ref={grid}>
      {view === 'day' ? (
        <DayView {...common} withAllDaySlot={false} />
      ) : (
        <WeekView {...common} withAllDaySlots={false} withWeekNumber={false} weekendDays={[]} weekdayFormat={weekday} />
      )}
    </div>
  );
}
