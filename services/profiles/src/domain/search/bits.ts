import { bitsIn } from './typos.js';

/** A growing set of small integers, 32 to a word: a filter of 100,000 doctors is 12.5 kB and is applied in microseconds. */
export class Bits {
  private words: Uint32Array;

  constructor(capacity = 0) {
    this.words = new Uint32Array((capacity + 31) >>> 5);
  }

  has(index: number): boolean {
    return (((this.words[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1;
  }

  add(index: number): void {
    const at = index >>> 5;
    if (at >= this.words.length) {
      const grown = new Uint32Array(Math.max(at + 1, this.words.length * 2));
      grown.set(this.words);
      this.words = grown;
    }
    this.words[at]! |= 1 << (index & 31);
  }

  delete(index: number): void {
    const at = index >>> 5;
    if (at < this.words.length) this.words[at]! &= ~(1 << (index & 31));
  }

  copy(): Bits {
    const copy = new Bits();
    copy.words = this.words.slice();
    return copy;
  }

  /** Keeps what is in both. */
  and(other: Bits | undefined): this {
    const [own, others] = [this.words, other?.words ?? new Uint32Array()];
    const shared = Math.min(own.length, others.length);
    for (let at = 0; at < shared; at += 1) own[at]! &= others[at]!;
    own.fill(0, shared);
    return this;
  }

  /** Takes in what is in the other. */
  or(other: Bits): this {
    if (other.words.length > this.words.length) {
      const grown = new Uint32Array(other.words.length);
      grown.set(this.words);
      this.words = grown;
    }
    const [own, others] = [this.words, other.words];
    for (let at = 0; at < others.length; at += 1) own[at]! |= others[at]!;
    return this;
  }

  /** Drops what is in the other. */
  andNot(other: Bits): this {
    const [own, others] = [this.words, other.words];
    const shared = Math.min(own.length, others.length);
    for (let at = 0; at < shared; at += 1) own[at]! &= ~others[at]!;
    return this;
  }

  get size(): number {
    let size = 0;
    for (const word of this.words) size += bitsIn(word);
    return size;
  }

  /** In ascending order. */
  toArray(): number[] {
    const indexes: number[] = [];
    for (let at = 0; at < this.words.length; at += 1) {
      for (let word = this.words[at]!; word !== 0; word &= word - 1)
        indexes.push(at * 32 + 31 - Math.clz32(word & -word));
    }
    return indexes;
  }
}
