import IntlMessageFormat from 'intl-messageformat';
import type { Locale } from './locale.js';
import { DEFAULT_TIME_ZONE, type Money, type Notification, type Person } from './notification.js';
import { ar } from './texts/ar.js';
import { en } from './texts/en.js';
import { fr } from './texts/fr.js';
import type { TextKey, Texts, Words } from './texts/texts.js';

export const texts: Readonly<Record<Locale, Texts>> = { fr, en, ar };

/** Languages as Intl knows them, with the digits and the calendar in use in Tunisia. */
const tags: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB', ar: 'ar-TN' };

interface Formats {
  date: Intl.DateTimeFormat;
  time: Intl.DateTimeFormat;
}

/** Making a format costs hundreds of times its use; there are three languages and a few hundred zones. */
const formats = new Map<string, Formats>();

function formatsOf(locale: Locale, timeZone: string): Formats {
  const key = `${locale} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const made: Formats = {
    date: new Intl.DateTimeFormat(tags[locale], {
      timeZone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    }),
    time: new Intl.DateTimeFormat(tags[locale], {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    }),
  };
  formats.set(key, made);
  return made;
}

/** Date and time in the zone, named: `lundi 30 novembre 2026, 09:00 UTC+1`. */
export function whenOf(instant: Date, locale: Locale, timeZone: string): string {
  try {
    const { date, time } = formatsOf(locale, timeZone);
    return `${date.format(instant)}, ${time.format(instant)}`;
  } catch (error) {
    // A zone that this machine's data does not know must not take the whole list down; the zone stays named.
    if (timeZone === DEFAULT_TIME_ZONE || !(error instanceof RangeError)) throw error;
    return whenOf(instant, locale, DEFAULT_TIME_ZONE);
  }
}

/** Parsing costs many times the formatting; the texts are finite. */
const parsed: Readonly<Record<Locale, Map<string, IntlMessageFormat>>> = {
  fr: new Map(),
  en: new Map(),
  ar: new Map(),
};

/** An ICU message with its values filled in, word for word. */
export function filled(text: string, locale: Locale, values: Readonly<Record<string, string | number>>): string {
  let format = parsed[locale].get(text);
  if (!format)
    parsed[locale].set(text, (format = new IntlMessageFormat(text, tags[locale], undefined, { ignoreTag: true })));
  return String(format.format(values));
}

const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormatOf(locale: Locale, currency: string, isWhole: boolean): Intl.NumberFormat {
  const key = `${locale} ${currency} ${isWhole}`;
  const known = moneyFormats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(tags[locale], {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    ...(isWhole && { maximumFractionDigits: 0 }),
  });
  moneyFormats.set(key, made);
  return made;
}

/** « 60 TND », « 60,500 TND », as the language writes it: decimals only where there are any. */
export function moneyOf({ amount, currency }: Money, locale: Locale): string {
  const format = moneyFormatOf(locale, currency, false);
  const major = amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
  return Number.isInteger(major) ? moneyFormatOf(locale, currency, true).format(major) : format.format(major);
}

function textKeyOf({ kind, variant, byReader }: Pick<Notification, 'kind' | 'variant' | 'byReader'>): TextKey {
  if (kind === 'appointment-cancelled' && byReader) return 'appointment-cancelled-by-reader';
  if (kind === 'appointment-cancelled' && variant === 'doctor-unavailable') return 'appointment-cancelled-unavailable';
  if (kind === 'appointment-cancelled' && variant === 'unsuitable-by-video') return 'appointment-cancelled-unsuitable';
  if (kind === 'appointment-accepted' && variant === 'due') return 'appointment-accepted-due';
  if (kind === 'appointment-rescheduled' && variant === 'unanswered') return 'appointment-rescheduled-unanswered';
  return kind === 'appointment-expired' && variant === 'unpaid' ? 'appointment-expired-unpaid' : kind;
}

/** Title and body of a notification for its reader. */
export function wordsFor(
  notification: Pick<Notification, 'kind' | 'side' | 'startsAt' | 'byReader' | 'variant' | 'amount'>,
  other: Person | undefined,
  locale: Locale,
  timeZone: string,
): Words {
  const { side, startsAt, amount } = notification;
  const { [side]: ofSide, stranger, doctorTitle } = texts[locale];
  const key = textKeyOf(notification);
  const words = (ofSide as Partial<Record<TextKey, Words>>)[key];
  if (!words) throw new Error(`no ${locale} text for ${key}, ${side}`);
  const fullName = `${other?.firstName ?? ''} ${other?.lastName ?? ''}`.trim();
  const name = fullName ? (side === 'patient' ? `${doctorTitle} ${fullName}` : fullName) : stranger[side];
  const body = filled(words.body, locale, {
    name,
    when: startsAt ? whenOf(startsAt, locale, timeZone) : '',
    amount: amount ? moneyOf(amount, locale) : '',
  });
  return { title: words.title, body: body.charAt(0).toUpperCase() + body.slice(1) };
}
