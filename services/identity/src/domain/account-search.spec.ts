import { describe, expect, it } from '@jest/globals';
import { nameKeyOf, nameKeys } from './account-search.js';

const found = (typed: string, firstName: string, lastName: string): boolean =>
  nameKeys({ firstName, lastName }).some((key) => key.startsWith(nameKeyOf(typed)));

describe('looking for a name', () => {
  it.each(['Leïla', 'leila', 'LEI', 'ben s', 'salah', 'leila ben salah', 'Ben Salah Le', 'ben-salah'])(
    'finds « %s » where Leïla Ben Salah is',
    (typed) => {
      expect(found(typed, 'Leïla', 'Ben Salah')).toBe(true);
    },
  );

  it.each(['eila', 'karim', 'salah ben'])('does not find « %s » there', (typed) => {
    expect(found(typed, 'Leïla', 'Ben Salah')).toBe(false);
  });

  it('reads Arabic names with and without vowel signs', () => {
    expect(found('محمد', 'مُحَمَّد', 'الطرابلسي')).toBe(true);
  });

  it('keeps few keys of a long name', () => {
    expect(nameKeys({ firstName: 'a '.repeat(50), lastName: 'b '.repeat(50) }).length).toBeLessThanOrEqual(12);
  });
});
