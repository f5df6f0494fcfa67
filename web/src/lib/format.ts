export type Language = 'fr' | 'en' | 'ar';

/** As Intl knows our languages; Arabic with the digits in use in Tunisia. */
export const tagOf = (language: string): string =>
  ({ fr: 'fr-FR', en: 'en-GB', ar: 'ar-TN' })[language as Language] ?? 'fr-FR';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for each way of writing: making one costs more than writing a hundred dates with it. */
export function dateFormat(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = tag + JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(tag, options);
  formats.set(key, made);
  return made;
}

const ZONE_FOR_MS = 1_000;
let zone = { name: '', at: -Infinity };

/** The device's, which may change under way; asked of it once a second at most. */
export function viewerZone(): string {
  const now = performance.now();
  if (now - zone.at > ZONE_FOR_MS) zone = { name: Intl.DateTimeFormat().resolvedOptions().timeZone, at: now };
  return zone.name;
}

const numbers = new Map<string, Intl.NumberFormat>();

/** As {@link dateFormat}. */
export function numberFormat(tag: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = tag + JSON.stringify(options);
  const made = numbers.get(key) ?? new Intl.NumberFormat(tag, options);
  numbers.set(key, made);
  return made;
}

const decimalsOf = (currency: string): number =>
  numberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** `{ amount: 60000, currency: 'TND' }` → « 60,000 TND »: the amount is in minor units. */
export function formatMoney({ amount, currency }: { amount: number; currency: string }, language: string): string {
  const major = amount / 10 ** decimalsOf(currency);
  const whole = Number.isInteger(major);
  return numberFormat(tagOf(language), {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: whole ? 0 : decimalsOf(currency),
  }).format(major);
}

/** What reads from left to right in every language: numbers of receipts and cards. */
export const leftToRight = (text: string): string => `\u2066${text}\u2069`;

/** A share of money in minor units, as the server rounds it: of three decimals, Stripe moves steps of ten only. */
export function shareOf({ amount, currency }: { amount: number; currency: string }, percent: number): number {
  const step = decimalsOf(currency) === 3 ? 10 : 1;
  return Math.min(amount, Math.round((amount * percent) / 100 / step) * step);
}

/** « 60 » or « 60,5 » as typed → minor units; undefined when it is no amount. */
export function parseAmount(text: string, currency: string): number | undefined {
  const match = /^\s*(\d{1,7})(?:[.,](\d{1,3}))?\s*$/.exec(text);
  if (!match) return undefined;
  const decimals = decimalsOf(currency);
  const fraction = (match[2] ?? '').padEnd(decimals, '0');
  return fraction.length > decimals ? undefined : Number(match[1]) * 10 ** decimals + Number(fraction || 0);
}

export const majorOf = (amount: number, currency: string): string => String(amount / 10 ** decimalsOf(currency));

/** « 340 ko », « 1,2 Mo ». */
export function formatBytes(bytes: number, language: string): string {
  const [value, unit] =
    bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(tagOf(language), { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}

export const formatTime = (instant: string, language: string, timeZone = viewerZone()): string =>
  dateFormat(tagOf(language), { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(instant),
  );

export const formatDay = (instant: string | Date, language: string, timeZone = viewerZone()): string =>
  dateFormat(tagOf(language), { timeZone, weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(instant));

export const formatDayTime = (instant: string, language: string, timeZone = viewerZone()): string =>
  `${dateFormat(tagOf(language), { timeZone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(instant))}, ${formatTime(instant, language, timeZone)}`;

/** « mar. 1 déc., 08:00 »: of what comes soon. */
export const formatShortDayTime = (instant: string, language: string, timeZone = viewerZone()): string =>
  `${dateFormat(tagOf(language), { timeZone, weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(instant))}, ${formatTime(instant, language, timeZone)}`;

/** « 8 févr. – 9 mars 2027 »: days `YYYY-MM-DD`, both included. */
export function formatDays(first: string, last: string, language: string): string {
  const date = new Intl.DateTimeFormat(tagOf(language), {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return date.formatRange(new Date(`${first}T12:00:00Z`), new Date(`${last}T12:00:00Z`));
}

/** `YYYY-MM-DD` of the instant in the zone. */
export const dayKey = (instant: string | Date, timeZone = viewerZone()): string =>
  dateFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(instant));

/** Items by the day on which they start in the zone, in order. */
export function groupByDay<T extends { startsAt: string }>(
  items: readonly T[],
  timeZone = viewerZone(),
): [string, T[]][] {
  const days = new Map<string, T[]>();
  for (const item of items) {
    const key = dayKey(item.startsAt, timeZone);
    days.set(key, [...(days.get(key) ?? []), item]);
  }
  return [...days];
}

/** The day that many days after `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Monday of the week of `YYYY-MM-DD`. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}
