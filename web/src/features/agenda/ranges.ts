import { DAY_END, DAY_START, endOfShown, shareTime, type Span, weekdayOf, without } from '../../lib/hours';
import type { Availability as Plan } from '../../lib/profile';
import { weekOn } from '../../lib/seasons';

type Exception = Plan['exceptions'][number];

/** A part of a day of the plan's time zone; `YYYY-MM-DD`, `HH:mm`, the end not included. */
export interface Range {
  date: string;
  start: string;
  end: string;
}

/** What of two ends may be left out is the whole day. */
const spanOf = ({ start, end }: Exception): Span => [start ?? DAY_START, end ?? DAY_END];

/** From `YYYY-MM-DD HH:mm:ss` to another: undefined unless both are of one day. */
export function rangeOf(from: string, to: string): Range | undefined {
  const [date, start] = [from.slice(0, 10), from.slice(11, 16)];
  const [endDate, end] = [to.slice(0, 10), endOfShown(to.slice(11))];
  return endDate === date || end === DAY_END ? { date, start, end } : undefined;
}

/** Whether the plan says that the doctor is away for a part of the range. */
export const isAway = ({ exceptions }: Pick<Plan, 'exceptions'>, { date, start, end }: Range): boolean =>
  exceptions.some((each) => each.date === date && shareTime(spanOf(each), [start, end]));

/** Of an hour, so that lines stand at the same minutes of each. */
const STEPS = [30, 20, 15, 10];
const USUAL_STEP = 30;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/**
 * How many minutes a row of the grid has: as many as the slots of those days (`YYYY-MM-DD`), or the most that divide all of
 * their lengths where they differ; half an hour at most, since absences need not be longer.
 */
export function stepOf(plan: Pick<Plan, 'dates' | 'weekly' | 'seasons'>, days: readonly string[]): number {
  const offered = days.flatMap((date) => [
    ...weekOn(plan, date).filter(({ weekday }) => weekday === weekdayOf(date)),
    ...plan.dates.filter((each) => each.date === date),
  ]);
  const minutes = offered.flatMap(({ start, slotMinutes }) => [minutesOf(start), slotMinutes]);
  return STEPS.find((step) => minutes.every((each) => each % step === 0)) ?? USUAL_STEP;
}

/** The plan with the range taken out of it. */
export const blocked = <P extends Pick<Plan, 'exceptions'>>(plan: P, range: Range): P => ({
  ...plan,
  exceptions: [...plan.exceptions, { ...range }],
});

/** The plan with the range offered: what was taken out of it is given back, and what its week does not offer is added. */
export function opened<P extends Pick<Plan, 'exceptions' | 'dates' | 'weekly' | 'seasons'>>(
  plan: P,
  range: Range,
  hours: Omit<Plan['dates'][number], keyof Range>,
): P {
  const { date } = range;
  const wanted: Span = [range.start, range.end];
  const exceptions = plan.exceptions.flatMap((each): Exception[] => {
    if (each.date !== date || !shareTime(spanOf(each), wanted)) return [each];
    return without(spanOf(each), [wanted]).map(([start, end]) => ({ date, start, end }));
  });
  const offered = [
    ...weekOn(plan, date).filter(({ weekday }) => weekday === weekdayOf(date)),
    ...plan.dates.filter((each) => each.date === date),
  ];
  const added = without(
    wanted,
    offered.map(({ start, end }): Span => [start, end]),
  );
  return {
    ...plan,
    exceptions,
    dates: [...plan.dates, ...added.map(([start, end]) => ({ date, start, end, ...hours }))],
  };
}
