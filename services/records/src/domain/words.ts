const MARKS = /\p{M}/gu;
const MIN = 3;
const MAX = 8;
/** Words of an entry that are indexed; a note may be a page long. */
const WORDS = 60;

/** Without case and accents; Arabic without vowel signs, tatweel and the forms of alif, ya and ta marbuta. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(/ـ/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .toLowerCase();

export const wordsOf = (text: string): string[] => [...new Set(folded(text).match(/[\p{L}\p{N}]+/gu) ?? [])];

/** The beginnings by which a text is found: those of each word, from three letters on. */
export function beginningsOf(text: string): string[] {
  const found = new Set<string>();
  for (const word of wordsOf(text).slice(0, WORDS)) {
    for (let length = Math.min(MIN, word.length); length <= Math.min(MAX, word.length); length += 1)
      found.add(word.slice(0, length));
  }
  return [...found];
}

/** What is looked up for a query: the beginning of each of its words. */
export const lookedUp = (query: string): string[] => wordsOf(query).map((word) => word.slice(0, MAX));
