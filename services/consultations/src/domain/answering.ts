/** A span of a week, at the doctor's: `24:00` is the end of the day. */
export interface AnsweringHours {
  /** Monday 1 to Sunday 7. */
  readonly weekday: number;
  /** `HH:mm`. */
  readonly start: string;
  readonly end: string;
}

/** How a doctor deals with messages: in general, or in one conversation. */
export interface Answering {
  /** What is answered by itself. */
  readonly autoReply: string | null;
  /** When the doctor answers in person; none: at any time. */
  readonly hours: readonly AnsweringHours[];
}

export const anyTime: Answering = { autoReply: null, hours: [] };

export interface WallTime {
  readonly weekday: number;
  readonly time: string;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The weekday and wall time of an instant. @param timeZone IANA name */
export function wallTimeOf(instant: Date, timeZone: string): WallTime {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const of = (type: string) => parts.find((part) => part.type === type)!.value;
  return { weekday: weekdays.indexOf(of('weekday')) + 1, time: `${of('hour')}:${of('minute')}` };
}

/** Whether the doctor answers in person then. */
export const isAnswered = (hours: readonly AnsweringHours[], { weekday, time }: WallTime): boolean =>
  hours.length === 0 || hours.some((span) => span.weekday === weekday && span.start <= time && time < span.end);
