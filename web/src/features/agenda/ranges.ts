import type { Availability as Plan } from '../../lib/profile';

type Exception = Plan['exceptions'][number];

/** A part of a day of the plan's time zone; `YYYY-MM-DD`, `HH:mm`, the end not included. */
export interface Range {
  date: string;
  start: string;
  end: string;
}

type Span = [start: string, end: string];

const DAY_START = '00:00';
const DAY_END = '24:00';

/** What of two ends may be left out is the whole day. */
const spanOf = ({ start, end }: Exception): Span => [start ?? DAY_START, end ?? DAY_END];

export const shareTime = (a: Span, b: Span): boolean => a[0] < b[1] && b[0] < a[1];

/** From `YYYY-MM-DD HH:mm:ss` to another: undefined unless both are of one day. */
export function rangeOf(from: string, to: string): Range | undefined {
  const [date, start] = [from.slice(0, 10), from.slice(11, 16)];
  const [endDate, end] = [to.slice(0, 10), to.slice(11, 16)];
  if (endDate === date) return { date, start, end };
  return end === DAY_START ? { date, start, end: '23:59' } : undefined;
}

/** Whether the plan says that the doctor is away for a part of the range. */
export const isAway = ({ exceptions }: Pick<Plan, 'exceptions'>, { date, start, end }: Range): boolean =>
  exceptions.some((each) => each.date === date && shareTime(spanOf(each), [start, end]));

/** The plan with the range taken out of it. */
export const blocked = <P extends Pick<Plan, 'exceptions'>>(plan: P, range: Range): P => ({
  ...plan,
  exceptions: [...plan.exceptions, { ...range }],
});

/** What is left of a span without others. */
function without([start, end]: Span, others: readonly Span[]): Span[] {
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
const weekdayOf = (date: string): number => new Date(`${date}T12:00:00Z`).getUTCDay() || 7;

/** The plan with the range offered: what was taken out of it is given back, and what the week does not offer is added. */
export function opened<P extends Pick<Plan, 'exceptions' | 'dates' | 'weekly'>>(
  plan: P,
  range: Range,
  hours: Omit<Plan['dates'][number], keyof Range>,
): P {
  const { date } = range;
  const wanted: Span = [range.start, range.end];
  const exceptions = plan.exceptions.flatMap((each): Exception[] => {
    if (each.date !== date || !shareTime(spanOf(each), wanted)) return [each];
    return without(spanOf(each), [wanted]).map(([start, end]) => ({
      date,
      start,
      end: end === DAY_END ? '23:59' : end,
    }));
  });
  const offered = [
    ...plan.weekly.filter(({ weekday }) => weekday === weekdayOf(date)),
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
