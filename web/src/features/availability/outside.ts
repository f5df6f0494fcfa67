import type { Appointment } from '../../lib/appointments';
import { DAY_END, DAY_START, shareTime, type Span, weekdayOf, without } from '../../lib/hours';
import { weekOn } from '../../lib/seasons';
import { wallTime } from '../../lib/wall-time';

interface Hours {
  start?: string | undefined;
  end?: string | undefined;
}

type Week = readonly (Hours & { weekday?: number | undefined })[];

/** What of a plan says when a doctor is there; as typed, it may not be complete. */
export interface Presence {
  timeZone: string;
  weekly: Week;
  seasons: readonly { from?: string | undefined; to?: string | undefined; weekly: Week }[];
  dates: readonly (Hours & { date?: string | undefined })[];
  exceptions: readonly (Hours & { date?: string | undefined })[];
}

type Visit = Pick<Appointment, 'startsAt' | 'endsAt'>;

const spanOf = ({ start = DAY_START, end = DAY_END }: Hours): Span => [start, end];

/** Whether all of the visit is in hours of the plan. */
export function isInside(plan: Presence, { startsAt, endsAt }: Visit): boolean {
  const { timeZone, dates, exceptions } = plan;
  const [from, to] = [wallTime(startsAt, timeZone), wallTime(endsAt, timeZone)];
  const date = from.slice(0, 10);
  const visit: Span = [from.slice(11, 16), to.startsWith(date) ? to.slice(11, 16) : DAY_END];
  const offered = [
    ...weekOn(plan, date).filter(({ weekday }) => weekday === weekdayOf(date)),
    ...dates.filter((each) => each.date === date),
  ].filter(({ start, end }) => start !== undefined && end !== undefined);
  const isAway = exceptions.some((each) => each.date === date && shareTime(spanOf(each), visit));
  return !isAway && without(visit, offered.map(spanOf)).length === 0;
}

/** The visits that a change of the plan leaves outside: what was outside before stays as it is. */
export const leftOutside = <V extends Visit>(before: Presence, after: Presence, visits: readonly V[]): V[] =>
  visits.filter((visit) => isInside(before, visit) && !isInside(after, visit));

export const isSamePresence = (before: Presence, after: Presence): boolean => {
  const of = ({ timeZone, weekly, seasons, dates, exceptions }: Presence) =>
    JSON.stringify([
      timeZone,
      weekly,
      seasons.map(({ from, to, ...season }) => [from, to, season.weekly]),
      dates,
      exceptions,
    ]);
  return of(before) === of(after);
};
