import type { Person } from './values.js';

type Names = Pick<Person, 'firstName' | 'lastName'>;

/** Letters that Unicode does not decompose although people type them plainly. */
const plain: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  // Arabic: alef wasla, ta marbuta, alef maqsura; Persian yeh and kaf.
  ٱ: 'ا',
  ة: 'ه',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
};
const special = new RegExp(`[${Object.keys(plain).join('')}]`, 'g');

/** Hamza and tatweel are no marks to Unicode, and nobody's name is told apart by them. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}ءـ]/gu, '')
    .replace(special, (letter) => plain[letter]!);

const GAPS = /[^\p{L}\p{N}]+/u;
const wordsIn = (text: string): string[] => folded(text).split(GAPS).filter(Boolean);

const ARTICLE = 'ال';
const withoutArticle = (word: string): string =>
  word.length > ARTICLE.length + 2 && word.startsWith(ARTICLE) ? word.slice(ARTICLE.length) : word;

/**
 * What the beginning of a search is compared with: each word of the name, with and without the Arabic article, and either name in one
 * word, as some write Ben Salah and El-Amri. Case, accents and vowel signs make no difference.
 */
export function nameWords({ firstName, lastName }: Names): string[] {
  const names = [wordsIn(firstName), wordsIn(lastName)];
  const words = names.flatMap((name) => [...name, name.join('')]);
  return [...new Set([...words, ...words.map(withoutArticle)])].filter(Boolean);
}

const MOST_WORDS = 6;

/** The words to look for in what was typed, each perhaps unfinished; none when nothing in it is a letter. */
export const searchWords = (typed: string): string[] => [...new Set(wordsIn(typed))].slice(0, MOST_WORDS);
