import type { Locale } from '../auth/account.js';

const locales: readonly Locale[] = ['fr', 'en', 'ar'];

/** The best of our three languages for an `Accept-Language` header (RFC 9110 §12.5.4); French where it names none. */
export function localeOf(header: string | undefined): Locale {
  const ranges = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((range) => range.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of ranges) {
    const match = locales.find((locale) => locale === language);
    if (match) return match;
  }
  return 'fr';
}
