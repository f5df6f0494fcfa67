import { addDays, tagOf } from './format';

const FEWEST_LETTERS = 3;
const HALF_A_YEAR = 183;
const DAY_MS = 86_400_000;

/** Without case and accents, figures as 0 to 9. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .toLowerCase()
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .trim();

const at = (year: number, month: number, day: number): string | undefined => {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 1900 && year <= 2200 ? date.toISOString().slice(0, 10) : undefined;
};

const distance = (a: string, b: string): number => Math.abs(Date.parse(a) - Date.parse(b)) / DAY_MS;

/** Of a day without its year, the one that is nearest. */
function nearest(month: number, day: number, today: string): string | undefined {
  const year = Number(today.slice(0, 4));
  const days = [year, year + 1, year - 1].map((one) => at(one, month, day));
  return days.find((one) => one !== undefined && distance(one, today) <= HALF_A_YEAR) ?? days[0];
}

const yearOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text) + (text.length === 2 ? 2000 : 0);

function dayOfMonth(day: number, month: number, year: number | undefined, today: string): string | undefined {
  return year === undefined ? nearest(month, day, today) : at(year, month, day);
}

const names = (language: string, options: Intl.DateTimeFormatOptions, dates: Date[]): string[] => {
  const format = new Intl.DateTimeFormat(tagOf(language), { timeZone: 'UTC', ...options });
  return dates.map((date) => folded(format.format(date)));
};
const months = (language: string): string[] =>
  names(
    language,
    { month: 'long' },
    Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 1))),
  );
/** Monday first. */
const weekdays = (language: string): string[] =>
  names(
    language,
    { weekday: 'long' },
    Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 5, 1 + day))),
  );
const relative = (language: string): [string, number][] => {
  const format = new Intl.RelativeTimeFormat(tagOf(language), { numeric: 'auto' });
  return [0, 1, -1].map((days) => [folded(format.format(days, 'day')), days]);
};

const begins = (name: string, typed: string): boolean => typed.length >= FEWEST_LETTERS && name.startsWith(typed);

/**
 * The day that was typed, as « 12/3 », « 2026-03-12 », « 12 mars », « lundi » or « demain » in the language, the beginning of a word
 * being enough; undefined when it is none.
 * @param today `YYYY-MM-DD`
 */
export function dayIn(typed: string, language: string, today: string): string | undefined {
  const text = folded(typed);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return at(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const figures = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(text);
  if (figures) return dayOfMonth(Number(figures[1]), Number(figures[2]), yearOf(figures[3]), today);
  const worded =
    /^(\d{1,2})\s+(\p{L}+)(?:\s+(\d{4}))?$/u.exec(text) ?? /^(?<month>\p{L}+)\s+(\d{1,2})(?:\s+(\d{4}))?$/u.exec(text);
  if (worded) {
    const [day, name] = worded.groups?.month ? [worded[2], worded[1]] : [worded[1], worded[2]];
    const month = months(language).findIndex((one) => begins(one, name!));
    return month < 0 ? undefined : dayOfMonth(Number(day), month + 1, yearOf(worded[3]), today);
  }
  const near = relative(language).find(([name]) => begins(name, text));
  if (near) return addDays(today, near[1]);
  const weekday = weekdays(language).findIndex((name) => begins(name, text));
  if (weekday < 0) return undefined;
  const now = (new Date(`${today}T12:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(today, (weekday - now + 7) % 7);
}
