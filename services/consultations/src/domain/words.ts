const SHORTEST = 2;
const SHORTEST_PREFIX = 3;
/** What is typed beyond tells hardly any two words apart. */
const LONGEST = 10;
/** Of one message: who writes more is found by the beginning of it. */
const MOST_WORDS = 200;

/** Words as they are compared: without accents, small, at least two letters or digits. */
export const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length >= SHORTEST)
      .map((word) => word.slice(0, LONGEST)),
  ),
];

/** All that a text is found by: its words, and how each begins from its third letter on. */
export function keysOf(text: string): string[] {
  const keys = new Set<string>();
  for (const word of wordsOf(text).slice(0, MOST_WORDS)) {
    keys.add(word);
    for (let length = SHORTEST_PREFIX; length < word.length; length += 1) keys.add(word.slice(0, length));
  }
  return [...keys];
}

/** Whether each word that is looked for begins one of the text's. */
export function isFoundIn(text: string, searched: readonly string[]): boolean {
  const words = wordsOf(text);
  return searched.every((one) => words.some((word) => word.startsWith(one)));
}
