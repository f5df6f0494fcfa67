import type { Language } from '../../../lib/format';

export interface Coding {
  system: string;
  code: string;
}

/** What doctors choose from, by its names; free text is as good. */
export interface Coded {
  /** Absent where no code may be used freely. */
  coding?: Coding;
  names: Record<Language, string>;
}

/** One a line: « code|French|English|Arabic ». */
export const codesOf = (system: string, lines: string): Coded[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [code, fr, en, ar] = line.split('|') as [string, string, string, string];
      return { ...(code && { coding: { system, code } }), names: { fr, en, ar } };
    });

/** Letters that people write one for another: hamza and its bearers, ta marbuta and ha, alef maqsura and ya, and « œ ». */
const alike: Readonly<Record<string, string>> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ؤ: 'و',
  ئ: 'ي',
  ى: 'ي',
  ة: 'ه',
  ـ: '',
  œ: 'oe',
  æ: 'ae',
};

/** As words are compared: without accents, vowel signs, case and punctuation. */
export const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[أإآٱؤئىةـœæ]/g, (letter) => alike[letter]!)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const wordsOf = (text: string): string[] => plain(text).split(' ').filter(Boolean);

/** Arabic words are looked up with and without their article. */
const begins = (word: string, typed: string): boolean =>
  word.startsWith(typed) || word.replace(/^ال/, '').startsWith(typed);

const SHOWN = 12;

/**
 * Those that have a word in any language, or a code, beginning with each of the typed words; the earliest place first.
 * Nothing typed: the first ones.
 */
export function search(list: readonly Coded[], typed: string, limit = SHOWN): Coded[] {
  const wanted = wordsOf(typed);
  const ranked = list.flatMap((one) => {
    const places = [one.coding?.code ?? '', ...Object.values(one.names)].flatMap((name) => {
      const words = wordsOf(name);
      const at = wanted.map((word) => words.findIndex((other) => begins(other, word)));
      return at.includes(-1) ? [] : [at[0] ?? 0];
    });
    return places.length > 0 ? [{ one, place: Math.min(...places) }] : [];
  });
  return ranked
    .sort((a, b) => a.place - b.place)
    .slice(0, limit)
    .map(({ one }) => one);
}

/** The code of what was written, where it is one of the list's names in whatever language. */
export function codingOf(list: readonly Coded[], written: string): Coding | undefined {
  const wanted = plain(written);
  return list.find(({ names }) => Object.values(names).some((name) => plain(name) === wanted))?.coding;
}
