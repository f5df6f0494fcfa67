import { Temporal } from 'temporal-polyfill';
import { type DatedHours, type Hours, minutesOf, type WeeklyHours } from './hours.js';

interface Rule {
  /** `weekly.3`. */
  readonly path: string;
  /** As people count. */
  readonly number: number;
  readonly weekday: number;
  /** Undefined: each week. */
  readonly date?: string;
  readonly hours: Hours;
  readonly from: number;
  readonly to: number;
}

const ruleOf = (list: 'weekly' | 'dates', index: number, hours: Hours, day: Pick<Rule, 'weekday' | 'date'>): Rule => ({
  path: `${list}.${index}`,
  number: index + 1,
  ...day,
  hours,
  from: minutesOf(hours.start),
  to: minutesOf(hours.end),
});

/** A date stands beside the hours of its weekday, and so must not share time with them either. */
const meet = (a: Rule, b: Rule): boolean =>
  a.weekday === b.weekday &&
  (a.date === undefined || b.date === undefined || a.date === b.date) &&
  a.from < b.to &&
  b.from < a.to;

/**
 * A fault for each rule that shares time with another, which it names: the pair is said at both. Nobody can be seen twice at
 * a time, on video and in person neither, and the slots of such rules would be many times what a day has.
 */
export function overlapFaults({ weekly, dates }: { weekly: readonly WeeklyHours[]; dates: readonly DatedHours[] }) {
  const rules = [
    ...weekly.map((rule, index) => ruleOf('weekly', index, rule, { weekday: rule.weekday })),
    ...dates.map((rule, index) => {
      const weekday = Temporal.PlainDate.from(rule.date).dayOfWeek;
      return ruleOf('dates', index, rule, { weekday, date: rule.date });
    }),
  ];
  return rules.flatMap((rule) => {
    const other = rules.find((candidate) => candidate !== rule && meet(rule, candidate));
    if (!other) return [];
    const { start, end } = other.hours;
    const hours = [other.date, `${start}–${end}`].filter(Boolean).join(' ');
    const parameters = { other: other.path, number: other.number, hours };
    return [{ field: `${rule.path}.start`, code: 'overlaps', parameters }];
  });
}
