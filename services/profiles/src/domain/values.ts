import type { Locale } from './codes.js';
import { InvalidProfile } from './errors.js';

/** An amount in the currency's minor unit (TND: millimes). */
export interface Money {
  amount: number;
  currency: string;
}

/** Who opens a profile, as their access token or identity's event says. */
export interface Newcomer {
  id: string;
  firstName: string;
  lastName: string;
  locale: Locale;
}

/** Empty and absent are one: null. */
export const textOrNull = (text: string | null | undefined): string | null => text?.trim() || null;

const OLDEST_YEARS = 130;

/** A calendar date `YYYY-MM-DD` not after today (UTC) and at most 130 years ago. @throws InvalidProfile */
export function birthDateOf(date: string, now: Date): string {
  const fault = (code: string) => new InvalidProfile([{ field: 'birthDate', code }]);
  if (date > now.toISOString().slice(0, 10)) throw fault('date-in-future');
  const oldest = new Date(now);
  oldest.setUTCFullYear(oldest.getUTCFullYear() - OLDEST_YEARS);
  if (date < oldest.toISOString().slice(0, 10)) throw fault('date-too-old');
  return date;
}

/** E.164: a plus, no leading zero, at most 15 digits (ITU-T E.164 §6.2.1). */
const E164 = /^\+[1-9]\d{6,14}$/;
/** Tunisian subscriber numbers have eight digits and no trunk prefix (ITU operational bulletin, country code 216). */
const TUNISIAN = /^\d{8}$/;

/**
 * The number as E.164, from what people type: spaces, dots, hyphens, brackets, `00` for `+`; eight bare digits are
 * Tunisian. @throws InvalidProfile naming the field
 */
export function phoneOf(typed: string, field: string): string {
  const digits = typed.replace(/[\s().-]/g, '').replace(/^00/, '+');
  const number = TUNISIAN.test(digits) ? `+216${digits}` : digits;
  if (!E164.test(number)) throw new InvalidProfile([{ field, code: 'invalid-phone' }]);
  return number;
}
