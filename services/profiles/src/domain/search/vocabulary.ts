import { bitsIn, distance, letterMask, toleratedErrors } from './typos.js';

/** Words of one length, to be compared with a mistyped one. */
interface Shelf {
  words: string[];
  masks: number[];
}

/** First index whose word is not before `word`. */
function lowerBound(words: readonly string[], word: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (words[middle]! < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The words that occur, each with what it leads to: found exactly, by prefix (in order, so a binary search) and with
 * typing errors (by length, then by letters, before any distance is computed).
 */
export class Vocabulary<T> {
  private readonly meanings = new Map<string, T>();
  private readonly shelves = new Map<number, Shelf>();
  private ordered: string[] = [];
  private unordered: string[] = [];

  get(word: string): T | undefined {
    return this.meanings.get(word);
  }

  add(word: string, meaning: T): void {
    this.meanings.set(word, meaning);
    this.unordered.push(word);
    const shelf = this.shelves.get(word.length) ?? { words: [], masks: [] };
    shelf.words.push(word);
    shelf.masks.push(letterMask(word));
    this.shelves.set(word.length, shelf);
  }

  delete(word: string): void {
    this.order();
    if (!this.meanings.delete(word)) return;
    this.ordered.splice(lowerBound(this.ordered, word), 1);
    const shelf = this.shelves.get(word.length)!;
    const index = shelf.words.indexOf(word);
    shelf.words.splice(index, 1);
    shelf.masks.splice(index, 1);
  }

  *startingWith(prefix: string): Generator<T> {
    this.order();
    for (let index = lowerBound(this.ordered, prefix); this.ordered[index]?.startsWith(prefix); index += 1) {
      yield this.meanings.get(this.ordered[index]!)!;
    }
  }

  /** What words mean that differ from this one by the tolerated number of typing errors. */
  *resembling(word: string): Generator<T> {
    const errors = toleratedErrors(word.length);
    const mask = letterMask(word);
    for (let length = word.length - errors; errors > 0 && length <= word.length + errors; length += 1) {
      const { words, masks } = this.shelves.get(length) ?? { words: [], masks: [] };
      for (let index = 0; index < words.length; index += 1) {
        if (bitsIn(masks[index]! ^ mask) > 2 * errors) continue;
        if (distance(word, words[index]!, errors) <= errors) yield this.meanings.get(words[index]!)!;
      }
    }
  }

  /** Many new words are sorted in at once, a few are inserted where they belong. */
  private order(): void {
    const few = 32;
    if (this.unordered.length > few) this.ordered = [...this.ordered, ...this.unordered].sort(byCodeUnit);
    else for (const word of this.unordered) this.ordered.splice(lowerBound(this.ordered, word), 0, word);
    this.unordered = [];
  }
}

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : Number(a > b));
