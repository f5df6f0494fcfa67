import { DAY_END, DAY_START, endOfTyped, shareTime, type Span, without } from '../../lib/hours';
import { newKey, type WeekRange } from './plan';

export type Week = readonly WeekRange[];
export type Overlap = readonly [WeekRange, WeekRange];

export const weekdays = ['1', '2', '3', '4', '5', '6', '7'];

export const spanOf = ({ start, end }: Pick<WeekRange, 'start' | 'end'>): Span => [start, endOfTyped(end)];

/** Both times are typed, one after the other. */
export const hasTime = (range: WeekRange): boolean => {
  const [start, end] = spanOf(range);
  return start !== '' && start < end;
};

const comesBefore = (a: WeekRange, b: WeekRange): number =>
  a.weekday.localeCompare(b.weekday) || a.start.localeCompare(b.start);

/** Those of one day, by their start. */
export const ofDay = (week: Week, weekday: string): WeekRange[] =>
  week.filter((range) => range.weekday === weekday).sort(comesBefore);

/** Every two that share time, by day and start. */
export function overlapsOf(week: Week): Overlap[] {
  const timed = week.filter(hasTime).sort(comesBefore);
  return timed.flatMap((range, index) =>
    timed
      .slice(index + 1)
      .filter((other) => other.weekday === range.weekday && shareTime(spanOf(range), spanOf(other)))
      .map((other): Overlap => [range, other]),
  );
}

/** The week with the hours of one day on others, in place of what they had. */
export function withDayCopied(week: Week, from: string, to: readonly string[]): WeekRange[] {
  const others = to.filter((weekday) => weekday !== from);
  const copies = others.flatMap((weekday) => ofDay(week, from).map((range) => ({ ...range, key: newKey(), weekday })));
  return [...week.filter(({ weekday }) => !others.includes(weekday)), ...copies];
}

/** What of the span the day does not offer yet. */
export const freeOf = (week: Week, weekday: string, wanted: Span): Span[] =>
  without(wanted, ofDay(week, weekday).filter(hasTime).map(spanOf));

const usualHours: Span[] = [
  ['09:00', '12:00'],
  ['14:00', '17:00'],
];

/** Where hours are added without a mouse: a usual half of the day, else the last time that is free. */
export function hoursToAdd(week: Week, weekday: string): Span {
  const isFree = ([start, end]: Span) =>
    freeOf(week, weekday, [start, end]).some((each) => each[0] === start && each[1] === end);
  return usualHours.find(isFree) ?? freeOf(week, weekday, [DAY_START, DAY_END]).at(-1) ?? usualHours[0]!;
}

/** The first day that has no hours, else Monday. */
export const dayToFill = (week: Week): string =>
  weekdays.find((weekday) => ofDay(week, weekday).length === 0) ?? weekdays[0]!;
