import { describe, expect, it } from '@jest/globals';
import { nameWords, searchWords } from './name-words.js';

const finds = (typed: string, firstName: string, lastName: string): boolean => {
  const words = nameWords({ firstName, lastName });
  return searchWords(typed).every((word) => words.some((other) => other.startsWith(word)));
};

describe('the words of a name', () => {
  it.each([
    ['ami', 'Amina', 'Ben Salah'],
    ['BEN s', 'Amina', 'Ben Salah'],
    ['bensalah', 'Amina', 'Ben Salah'],
    ['salah amina', 'Amina', 'Ben Salah'],
    ['helene', 'Hélène', 'Cœur'],
    ['Hélè', 'Helene', 'Coeur'],
    ['coeur', 'Hélène', 'Cœur'],
    ['mhamed', 'M’hamed', 'El-Amri'],
    ['elam', 'M’hamed', 'El-Amri'],
    ['أمينة', 'امينه', 'بن صالح'],
    ['امين', 'أَمِينَة', 'بن صالح'],
    ['عمري', 'محمد', 'العمري'],
    ['العم', 'محمد', 'العمري'],
  ])('are found by the beginning %s', (typed, firstName, lastName) => {
    expect(finds(typed, firstName, lastName)).toBe(true);
  });

  it.each([
    ['mina', 'Amina', 'Ben Salah'],
    ['amina trabelsi', 'Amina', 'Ben Salah'],
  ])('are not found by %s', (typed, firstName, lastName) => {
    expect(finds(typed, firstName, lastName)).toBe(false);
  });

  it('are letters and figures only, so that they can stand in a pattern', () => {
    expect(searchWords('.* a(b)[c] ^$ ')).toEqual(['a', 'b', 'c']);
    expect(searchWords(' … ')).toEqual([]);
  });
});
