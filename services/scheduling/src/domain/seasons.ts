import { Temporal } from 'temporal-polyfill';
import type { DatedHours, Hours, WeeklyHours } from './hours.js';

/** A named stretch of dates with a week of its own, such as Ramadan or summer hours. */
export interface Season {
  readonly name: string;
  /** First and last day, `YYYY-MM-DD` in the plan's zone; both belong to it. */
  readonly from: string;
  readonly to: string;
  /** Instead of the usual week; empty: the doctor is closed. */
  readonly weekly: readonly WeeklyHours[];
}

/** The weeks of a plan. */
export interface Weeks {
  readonly weekly: readonly WeeklyHours[];
  /** No two share a day. */
  readonly seasons: readonly Season[];
}

export const MAX_SEASONS = 12;

/** The season that the day `YYYY-MM-DD` belongs to. Dates of that form compare as text. */
export const seasonOf = (seasons: readonly Season[], day: string): Season | undefined =>
  seasons.find(({ from, to }) => from <= day && day <= to);

/** The week that stands on the day `YYYY-MM-DD`: that of its season, else the usual one. */
export const weekOf = ({ weekly, seasons }: Weeks, day: string): readonly WeeklyHours[] =>
  seasonOf(seasons, day)?.weekly ?? weekly;

/** All hours of a local day, before absences: those of its week, and beside them those of the date alone. */
export function hoursOn(plan: Weeks & { readonly dates: readonly DatedHours[] }, date: Temporal.PlainDate): Hours[] {
  const day = date.toString();
  return [
    ...weekOf(plan, day).filter((rule) => rule.weekday === date.dayOfWeek),
    ...plan.dates.filter((rule) => rule.date === day),
  ];
}

/** The plan's weeks that stand on any of so many days, from that day on. */
export function weeksWithin(plan: Weeks, first: Temporal.PlainDate, days: number): (readonly WeeklyHours[])[] {
  const all = Array.from({ length: days }, (_, n) => weekOf(plan, first.add({ days: n }).toString()));
  return [...new Set(all)];
}

const isInOrder = ({ from, to }: Season): boolean => from <= to;

const isLongerThanAYear = ({ from, to }: Season): boolean =>
  to >= Temporal.PlainDate.from(from).add({ years: 1 }).toString();

const shareDays = (a: Season, b: Season): boolean => a.from <= b.to && b.from <= a.to;

/** A fault for each season whose dates cannot be; of two that share days, each names the other. */
export function seasonFaults(seasons: readonly Season[]) {
  return seasons.flatMap((season, index): { field: string; code: string; parameters?: Record<string, unknown> }[] => {
    const path = `seasons.${index}`;
    if (!isInOrder(season)) return [{ field: `${path}.to`, code: 'from-after-to' }];
    if (isLongerThanAYear(season)) return [{ field: `${path}.to`, code: 'longer-than-a-year' }];
    const at = seasons.findIndex((other) => other !== season && isInOrder(other) && shareDays(season, other));
    const other = seasons[at];
    if (!other) return [];
    const parameters = { other: `seasons.${at}`, name: other.name, dates: `${other.from} – ${other.to}` };
    return [{ field: `${path}.from`, code: 'seasons-overlap', parameters }];
  });
}
