import IntlMessageFormat from 'intl-messageformat';
import type { Locale } from '../auth/account.js';

/** Languages as Intl knows them, with the digits in use in Tunisia. */
const tags: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB', ar: 'ar-TN' };

/** Parsing costs many times the formatting; the catalogues are finite. */
const parsed: Readonly<Record<Locale, Map<string, IntlMessageFormat>>> = {
  fr: new Map(),
  en: new Map(),
  ar: new Map(),
};

/**
 * An ICU message with its parameters filled in, word for word.
 * @returns undefined where a parameter lacks that the message names
 */
export function formatted(
  message: string,
  locale: Locale,
  parameters: Readonly<Record<string, unknown>>,
): string | undefined {
  if (!message.includes('{')) return message;
  let format = parsed[locale].get(message);
  if (!format)
    parsed[locale].set(
      message,
      (format = new IntlMessageFormat(message, tags[locale], undefined, { ignoreTag: true })),
    );
  const values = Object.fromEntries(
    Object.entries(parameters)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, typeof value === 'number' ? value : String(value)]),
  );
  try {
    return String(format.format(values));
  } catch {
    return undefined;
  }
}
