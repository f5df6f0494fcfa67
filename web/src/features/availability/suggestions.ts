import { addDays } from '../../lib/format';
import { hijriOf } from './holidays';
import { type Days, shareDays } from './seasons';

const TUNIS = 'Africa/Tunis';
const RAMADAN = '9';
/** Two of its months lie within, whatever the day: a Hijri year has 354 or 355. */
const DAYS_LOOKED_AT = 760;
const LONGEST_MONTH = 30;

/** Ramadan as the calendar of Umm al-Qura has it, in order; where the moon is seen later, it is a day later. */
function ramadans(today: string): Days[] {
  const first = addDays(today, -LONGEST_MONTH);
  const months: Days[] = [];
  for (let n = 0; n < DAYS_LOOKED_AT; n += 1) {
    const day = addDays(first, n);
    const [month, dayOfMonth] = hijriOf(day).split('/');
    if (month !== RAMADAN) continue;
    const last = months.at(-1);
    if (dayOfMonth === '1') months.push({ from: day, to: day });
    else if (last) last.to = day;
  }
  return months;
}

/**
 * July and August, when Tunisian offices work in a single sitting. Source: decree 2012-1710 of 14 September 2012 on the hours
 * and days of work of public servants. Of other countries we know none.
 */
function summers(today: string, timeZone: string): Days[] {
  if (timeZone !== TUNIS) return [];
  const year = Number(today.slice(0, 4));
  return [year, year + 1, year + 2].map((each) => ({ from: `${each}-07-01`, to: `${each}-08-31` }));
}

export interface Suggestion {
  name: 'ramadan' | 'summer';
  /** Undefined: for the doctor to say. */
  days: Days | undefined;
}

/** What is often a season, each with the next dates that are not over and that no season has yet. */
export function suggestionsFrom(today: string, timeZone: string, taken: readonly Days[]): Suggestion[] {
  const next = (all: readonly Days[]) =>
    all.find((days) => days.to >= today && !taken.some((other) => shareDays(days, other)));
  return [
    { name: 'ramadan', days: next(ramadans(today)) },
    { name: 'summer', days: next(summers(today, timeZone)) },
  ];
}
