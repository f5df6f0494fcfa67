import { Temporal } from 'temporal-polyfill';
import { type DatedHours, type Hours, minutesOf, type WeeklyHours } from './hours.js';
import { seasonOf, type Weeks } from './seasons.js';

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

const ruleOf = (list: string, index: number, hours: Hours, day: Pick<Rule, 'weekday' | 'date'>): Rule => ({
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

function faultsAmong(rules: readonly Rule[]) {
  return rules.flatMap((rule) => {
    const other = rules.find((candidate) => candidate !== rule && meet(rule, candidate));
    if (!other) return [];
    const { start, end } = other.hours;
    const hours = [other.date, `${start}–${end}`].filter(Boolean).join(' ');
    const parameters = { other: other.path, number: other.number, hours };
    return [{ field: `${rule.path}.start`, code: 'overlaps', parameters }];
  });
}

/**
 * A fault for each rule that shares time with another, which it names: the pair is said at both. Nobody can be seen twice at
 * a time, on video and in person neither, and the slots of such rules would be many times what a day has. Rules of different
 * weeks never stand on the same day; a date stands beside the week of its season.
 */
export function overlapFaults({ weekly, dates, seasons }: Weeks & { dates: readonly DatedHours[] }) {
  const rulesOf = (list: string, week: readonly WeeklyHours[]): Rule[] =>
    week.map((rule, index) => ruleOf(list, index, rule, { weekday: rule.weekday }));
  const dated = dates.map((rule, index) => {
    const weekday = Temporal.PlainDate.from(rule.date).dayOfWeek;
    const season = seasonOf(seasons, rule.date);
    return { season, rule: ruleOf('dates', index, rule, { weekday, date: rule.date }) };
  });
  const weeks = [
    { season: undefined, rules: rulesOf('weekly', weekly) },
    ...seasons.map((season, index) => ({ season, rules: rulesOf(`seasons.${index}.weekly`, season.weekly) })),
  ];
  return weeks.flatMap(({ season, rules }) =>
    faultsAmong([...rules, ...dated.flatMap((each) => (each.season === season ? [each.rule] : []))]),
  );
}
