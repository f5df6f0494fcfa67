import { describe, expect, it } from '@jest/globals';
import { acceptedLocaleOf, localeOf } from './locale.js';

describe('the language of an answer', () => {
  it.each([
    ['fr', 'fr'],
    ['en-GB,en;q=0.9', 'en'],
    ['ar-TN', 'ar'],
    ['AR', 'ar'],
    ['de, en;q=0.5, fr;q=0.8', 'fr'],
    ['en;q=0.2, ar; q=0.9', 'ar'],
    ['fr;q=0, en', 'en'],
    ['it-IT, it;q=0.9, ar;q=0.1', 'ar'],
  ] as const)('is, of « %s », %s', (header, locale) => {
    expect(acceptedLocaleOf(header)).toBe(locale);
    expect(localeOf(header)).toBe(locale);
  });

  it.each([undefined, '', '*', 'de', 'fr;q=0', 'frr', ';;q=,', 'x'.repeat(10_000)])(
    'is French where none of ours is asked for: %s',
    (header) => {
      expect(acceptedLocaleOf(header)).toBeUndefined();
      expect(localeOf(header)).toBe('fr');
    },
  );
});
