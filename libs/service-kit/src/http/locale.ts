import Negotiator from 'negotiator';
import type { Locale } from '../auth/account.js';

const locales: readonly Locale[] = ['fr', 'en', 'ar'];
const DEFAULT: Locale = 'fr';

/**
 * The best of our three languages for an `Accept-Language` header (RFC 9110 §12.5.4), if it names one. A region is as good
 * as its language: who asks for `ar-TN` is answered in Arabic.
 */
export function acceptedLocaleOf(header: string | undefined): Locale | undefined {
  if (!header) return undefined;
  const tags = new Negotiator({ headers: { 'accept-language': header } }).languages();
  for (const tag of tags) {
    const language = tag.toLowerCase().split('-')[0];
    const match = locales.find((locale) => locale === language);
    if (match) return match;
  }
  return undefined;
}

/** As {@link acceptedLocaleOf}; French where the header names none of ours. */
export const localeOf = (header: string | undefined): Locale => acceptedLocaleOf(header) ?? DEFAULT;
