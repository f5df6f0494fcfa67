/** A part of a day, `HH:mm` to `HH:mm`, the end not included; `24:00` ends the day. */
export type Span = [start: string, end: string];

export const DAY_START = '00:00';
export const DAY_END = '24:00';

export const shareTime = (a: Span, b: Span): boolean => a[0] < b[1] && b[0] < a[1];

/** What is left of a span without others. */
export function without([start, end]: Span, others: readonly Span[]): Span[] {
  let left: Span[] = [[start, end]];
  for (const [from, to] of others)
    left = left.flatMap((span): Span[] =>
      shareTime(span, [from, to])
        ? [[span[0], from] as Span, [to, span[1]] as Span].filter(([first, last]) => first < last)
        : [span],
    );
  return left;
}

/** ISO 8601: Monday is 1. */
export const weekdayOf = (date: string): number => new Date(`${date}T12:00:00Z`).getUTCDay() || 7;

/** A time field knows no 24:00: a day ends there at 00:00. */
export const endAsTyped = (end: string): string => (end === DAY_END ? DAY_START : end);
export const endOfTyped = (end: string): string => (end === DAY_START ? DAY_END : end);

/** Minutes since midnight, and back. */
export const minutesOf = (wall: string): number => Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3, 5));
export const wallAt = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

const LAST_MINUTE = '23:59';

/** The end of what a grid of hours shows, `HH:mm:ss`, whose days last until 23:59:59. */
export function endOfShown(wall: string): string {
  const end = wall.slice(0, 5);
  return end === LAST_MINUTE || end === DAY_START ? DAY_END : end;
}

interface TimedHours {
  start: string;
  end: string;
}

/** Whole hours around all that a grid is to show, and at least those given; `HH:mm:ss`. */
export function hoursAround(all: readonly TimedHours[], least: Span): { startTime: string; endTime: string } {
  const first = all.reduce((earliest, { start }) => (start < earliest ? start : earliest), least[0]);
  const last = all.reduce((latest, { end }) => (end > latest ? end : latest), least[1]);
  const lastHour = Number(last.slice(0, 2)) + (last.slice(3) > '00' ? 1 : 0);
  return {
    startTime: `${first.slice(0, 2)}:00:00`,
    endTime: lastHour >= 24 ? '23:59:59' : `${String(lastHour).padStart(2, '0')}:00:00`,
  };
}
