import { copyOf, newKey, type SeasonForm, type WeekRange } from './plan';

/** As the server takes them. */
export const MOST_SEASONS = 12;
export const LONGEST_NAME = 60;

/** First and last day, `YYYY-MM-DD`. */
export interface Days {
  from: string;
  to: string;
}

/** What is asked of a season. */
export interface SeasonDraft extends Days {
  name: string;
  /** What a new one begins with. */
  start: 'copy' | 'empty';
}

export const shareDays = (a: Days, b: Days): boolean => a.from <= b.to && b.from <= a.to;

const aYearAfter = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;

export interface Words {
  key: string;
  values?: Record<string, string>;
}

/** What is wrong with a season as typed, by field; the same rules as the server's. */
export function faultsOfSeason(
  { name, from, to }: Pick<SeasonDraft, 'name' | 'from' | 'to'>,
  others: readonly SeasonForm[],
): Partial<Record<'name' | 'from' | 'to', Words>> {
  const missing = { key: 'common.required' };
  const faults = {
    ...(name.trim() === '' && { name: missing }),
    ...(from === '' && { from: missing }),
    ...(to === '' && { to: missing }),
  };
  if (from === '' || to === '') return faults;
  if (to < from) return { ...faults, to: { key: 'availability.seasons.badEnd' } };
  if (to >= aYearAfter(from)) return { ...faults, to: { key: 'availability.seasons.tooLong' } };
  const met = others.find((other) => shareDays(other, { from, to }));
  return met ? { ...faults, from: { key: 'availability.seasons.overlap', values: { name: met.name } } } : faults;
}

/** A season as it is asked for, beside the usual week. */
export const seasonOf = ({ name, from, to, start }: SeasonDraft, usual: readonly WeekRange[]): SeasonForm => ({
  key: newKey(),
  name: name.trim(),
  from,
  to,
  weekly: start === 'copy' ? copyOf(usual) : [],
});

/** By their dates. */
export const inOrder = (seasons: readonly SeasonForm[]): SeasonForm[] =>
  [...seasons].sort((a, b) => a.from.localeCompare(b.from));

/** Where a day is: before the season, in it, or after. */
export const timeOf = ({ from, to }: Days, today: string): 'coming' | 'now' | 'over' => {
  if (today > to) return 'over';
  return today < from ? 'coming' : 'now';
};
