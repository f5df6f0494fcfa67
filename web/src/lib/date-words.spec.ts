import { describe, expect, it } from 'vitest';
import { dayIn } from './date-words';

/** A Monday. */
const today = '2026-11-30';

describe('a day that was typed', () => {
  it.each([
    ['fr', '2027-02-01', '2027-02-01'],
    ['fr', '3/12', '2026-12-03'],
    ['fr', '03.12.26', '2026-12-03'],
    ['en', '5/1', '2027-01-05'],
    ['fr', '15/11', '2026-11-15'],
    ['fr', '12 janv', '2027-01-12'],
    ['fr', '1 août 2026', '2026-08-01'],
    ['fr', 'déc 24', '2026-12-24'],
    ['en', 'march 2', '2027-03-02'],
    ['fr', 'demain', '2026-12-01'],
    ['fr', 'aujourd’hui', '2026-11-30'],
    ['fr', "aujourd'hui", '2026-11-30'],
    ['en', 'yesterday', '2026-11-29'],
    ['fr', 'lundi', '2026-11-30'],
    ['fr', 'mer', '2026-12-02'],
    ['en', 'Sun', '2026-12-06'],
    ['ar', 'غدًا', '2026-12-01'],
    ['ar', 'الثلاثاء', '2026-12-01'],
    ['ar', '٣/١٢', '2026-12-03'],
    ['ar', '5 جانفي', '2027-01-05'],
  ])('in %s, « %s »', (language, typed, day) => {
    expect(dayIn(typed, language, today)).toBe(day);
  });

  it.each(['', 'am', 'amina', '31/2', '12/13', '12', 'mars', '2026-13-01', '3 amina'])('is none in « %s »', (typed) => {
    expect(dayIn(typed, 'fr', today)).toBeUndefined();
  });
});
