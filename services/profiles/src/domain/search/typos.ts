/** Errors that a word of this many letters may have: none in short ones, where every word is near another. */
export const toleratedErrors = (length: number): 0 | 1 | 2 => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** Words of queries and names are shorter. */
const LONGEST = 128;
/** More than any limit. */
const FAR = 200;
/** Kept between calls: a search computes thousands of distances. */
const rows: [Uint8Array, Uint8Array, Uint8Array] = [
  new Uint8Array(LONGEST + 1),
  new Uint8Array(LONGEST + 1),
  new Uint8Array(LONGEST + 1),
];

/**
 * Fewest insertions, deletions, substitutions and swaps of neighbours between two words (optimal string alignment,
 * the restricted Damerau-Levenshtein distance), or `limit + 1` as soon as it is known to be more than `limit`.
 */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit || b.length >= LONGEST) return limit + 1;
  let [beforeLast, last, current] = rows;
  for (let column = 0; column <= b.length; column += 1) last[column] = column;
  for (let row = 1; row <= a.length; row += 1) {
    // Farther from the diagonal than the limit, everything costs more than the limit.
    const from = Math.max(1, row - limit);
    const to = Math.min(b.length, row + limit);
    const letter = a.charCodeAt(row - 1);
    const letterBefore = row > 1 ? a.charCodeAt(row - 2) : -1;
    let least = (current[from - 1] = from === 1 ? row : FAR);
    for (let column = from; column <= to; column += 1) {
      const other = b.charCodeAt(column - 1);
      let cost = last[column - 1]! + (letter === other ? 0 : 1);
      if (last[column]! < cost) cost = last[column]! + 1;
      if (current[column - 1]! < cost) cost = current[column - 1]! + 1;
      const swapped = column > 1 && letterBefore === other && letter === b.charCodeAt(column - 2);
      if (swapped && beforeLast[column - 2]! < cost) cost = beforeLast[column - 2]! + 1;
      current[column] = cost;
      if (cost < least) least = cost;
    }
    current[to + 1] = FAR;
    // Holds for swaps as well: what they add one to, two rows back, is never more than one below the row between.
    if (least > limit) return limit + 1;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return Math.min(last[b.length]!, limit + 1);
}

/** One bit per letter (folded to 32): words within n errors differ in at most 2n bits. */
export function letterMask(word: string): number {
  let mask = 0;
  for (let index = 0; index < word.length; index += 1) mask |= 1 << (word.charCodeAt(index) & 31);
  return mask;
}

export function bitsIn(mask: number): number {
  let bits = mask - ((mask >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
