/** Letters that Unicode does not decompose although people type them plainly. */
const plain: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  // Arabic: alef wasla, ta marbuta, alef maqsura; Maghrebi and Persian letters for p, v, g, ch.
  ٱ: 'ا',
  ة: 'ه',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  گ: 'ك',
  ڨ: 'ق',
  ڤ: 'ف',
  پ: 'ب',
  چ: 'ج',
};
const special = new RegExp(`[${Object.keys(plain).join('')}]`, 'g');

/**
 * One spelling for what people take for the same: no case, no accents, no tashkeel, no tatweel, one alef. NFKD takes
 * the hamza off its seat (أ is alef and a combining hamza), so dropping marks does both scripts; a hamza of its own (ء)
 * is dropped as well.
 */
export const normalise = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}ءـ]/gu, '')
    .replace(special, (letter) => plain[letter]!);

/** The Arabic article is written with its word: القلب is found by قلب. */
const withoutArticle = (word: string): string => (word.length >= 5 && word.startsWith('ال') ? word.slice(2) : word);

/** The distinct words of a text, normalised. */
export const wordsOf = (text: string): string[] => [
  ...new Set(
    normalise(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .map(withoutArticle),
  ),
];

/** The text without gaps, for names that some write in one word: Ben Salah and Bensalah, M'hamed and Mhamed. */
export const joined = (text: string): string => normalise(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** People write « Dr Ben Salah » and « cardiologue à Tunis »: these say nothing about whom they look for. */
const silent = new Set(
  [
    ['dr', 'docteur', 'docteure', 'doctor', 'pr', 'prof', 'medecin', 'دكتور', 'دكتوره', 'طبيب', 'طبيبه'],
    ['de', 'du', 'des', 'la', 'le', 'les', 'et', 'en', 'dans', 'pour', 'in', 'at', 'for', 'the', 'and', 'of', 'near'],
    ['a', 'في', 'و', 'من'],
  ].flat(),
);

const MOST_WORDS = 8;

/** The words to look for in what was typed; none when it says nothing. The last one may be unfinished. */
export const queryWords = (typed: string): string[] =>
  wordsOf(typed)
    .filter((word) => !silent.has(word))
    .slice(0, MOST_WORDS);
