import { addDays, mondayOf } from './format';

/** `YYYY-MM-DD` or `YYYY-MM` → its month, `YYYY-MM`. */
export const monthOf = (day: string): string => day.slice(0, 7);

export const firstOfMonth = (day: string): string => `${monthOf(day)}-01`;

/** The first day of the month after. */
export const nextMonth = (day: string): string => firstOfMonth(addDays(`${monthOf(day)}-28`, 4));

/** The first day of the month before. */
export const previousMonth = (day: string): string => firstOfMonth(addDays(firstOfMonth(day), -1));

/** Noon keeps the day the same in every zone. */
export const noon = (day: string): Date => new Date(`${day}T12:00:00`);

/** Whole weeks from Monday on, of which the month needs four to six. */
export function weeksOf(month: string): string[][] {
  const weeks: string[][] = [];
  const end = nextMonth(month);
  for (let monday = mondayOf(firstOfMonth(month)); monday < end; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(monday, index)));
  return weeks;
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/**
 * Where a key leads among the days that can be chosen, as in a calendar's grid (WAI-ARIA, grid pattern): from there on, in
 * its direction, the first that can; undefined: nowhere.
 * @param days those that can be chosen, in order
 */
export function dayByKey(key: string, from: string, days: readonly string[], isRightToLeft: boolean) {
  if (key === 'Home') return days[0];
  if (key === 'End') return days.at(-1);
  const step = steps[key];
  if (step === undefined) return undefined;
  const by = Math.abs(step) === 1 && isRightToLeft ? -step : step;
  const aimed = addDays(from, by);
  return by > 0 ? days.find((day) => day >= aimed) : days.findLast((day) => day <= aimed);
}

/** Of whole days in whatever time zone: a day more at either end. @param end the day after the last one */
export const periodOf = (first: string, end: string) => ({
  from: `${addDays(first, -1)}T00:00:00Z`,
  to: `${addDays(end, 1)}T00:00:00Z`,
});
