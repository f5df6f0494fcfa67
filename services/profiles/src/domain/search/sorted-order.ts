export const sorts = ['relevance', 'price', 'rating', 'availability'] as const;
export type Sort = (typeof sorts)[number];

/** Doctors (by their number in the index) in ascending order of a key, then of their id. */
export class SortedOrder {
  private readonly order: number[] = [];
  private sorted = true;
  private readonly keys: number[] = [];

  constructor(private readonly ids: readonly string[]) {}

  key(doctor: number): number {
    return this.keys[doctor]!;
  }

  /** A few are put where they belong; many are sorted in when the order is needed. */
  insert(pairs: readonly (readonly [doctor: number, key: number])[]): void {
    const few = 32;
    for (const [doctor, key] of pairs) {
      this.keys[doctor] = key;
      if (this.sorted && pairs.length <= few) this.order.splice(this.after(key, this.ids[doctor]!), 0, doctor);
      else this.sorted = this.order.push(doctor) === 1;
    }
  }

  remove(doctor: number): void {
    this.order.splice(this.after(this.keys[doctor]!, this.ids[doctor]!) - 1, 1);
  }

  /** Up to `count` accepted doctors beyond that place; from the beginning without a place. */
  pick(count: number, accepts: (doctor: number) => boolean, place?: { key: number; id: string }): number[] {
    const picked: number[] = [];
    this.sort();
    for (
      let at = place ? this.after(place.key, place.id) : 0;
      at < this.order.length && picked.length < count;
      at += 1
    ) {
      if (accepts(this.order[at]!)) picked.push(this.order[at]!);
    }
    return picked;
  }

  /** Index of the first doctor beyond that place. */
  private after(key: number, id: string): number {
    this.sort();
    let low = 0;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(this.order[middle]!, key, id) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private sort(): void {
    if (!this.sorted) this.order.sort((a, b) => this.compare(a, this.keys[b]!, this.ids[b]!));
    this.sorted = true;
  }

  private compare(doctor: number, key: number, id: string): number {
    const own = this.keys[doctor]!;
    if (own !== key) return own - key;
    return this.ids[doctor]! < id ? -1 : Number(this.ids[doctor]! > id);
  }
}
