import type { Bits } from './bits.js';

export const sorts = ['relevance', 'price', 'rating', 'availability'] as const;
export type Sort = (typeof sorts)[number];

interface Position {
  key: number;
  id: string;
}

/** Considering a doctor for a selection costs that many times as much as a step along the order. */
const SELECTION_COST = 8;

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
      if (this.sorted && pairs.length <= few) this.order.splice(this.after(this.position(doctor)), 0, doctor);
      else this.sorted = this.order.push(doctor) === 1;
    }
  }

  remove(doctor: number): void {
    this.sort();
    this.order.splice(this.after(this.position(doctor)) - 1, 1);
  }

  /** The first `count` of these doctors whom the test accepts, beyond that place when there is one. */
  pick(count: number, doctors: Bits, accepts: (doctor: number) => boolean, place?: Position): number[] {
    const { size } = doctors;
    // Among many, `count` are met soon along the order: after some count × all ÷ size. Few are looked at all.
    const few = size * size * SELECTION_COST < count * this.order.length;
    return few ? this.select(count, doctors, accepts, place) : this.walk(count, doctors, accepts, place);
  }

  private walk(count: number, doctors: Bits, accepts: (doctor: number) => boolean, place?: Position): number[] {
    this.sort();
    const picked: number[] = [];
    for (let at = place ? this.after(place) : 0; at < this.order.length && picked.length < count; at += 1) {
      const doctor = this.order[at]!;
      if (doctors.has(doctor) && accepts(doctor)) picked.push(doctor);
    }
    return picked;
  }

  private select(count: number, doctors: Bits, accepts: (doctor: number) => boolean, place?: Position): number[] {
    const best: number[] = [];
    for (const doctor of doctors.toArray()) {
      if (place && this.compare(doctor, place) <= 0) continue;
      if (best.length === count && this.compare(best.at(-1)!, this.position(doctor)) < 0) continue;
      if (!accepts(doctor)) continue;
      best.splice(this.after(this.position(doctor), best), 0, doctor);
      if (best.length > count) best.pop();
    }
    return best;
  }

  /** Index of the first doctor beyond that place. */
  private after(place: Position, order: readonly number[] = this.order): number {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(order[middle]!, place) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private position(doctor: number): Position {
    return { key: this.keys[doctor]!, id: this.ids[doctor]! };
  }

  private sort(): void {
    if (!this.sorted) this.order.sort((a, b) => this.compare(a, this.position(b)));
    this.sorted = true;
  }

  private compare(doctor: number, { key, id }: Position): number {
    const own = this.keys[doctor]!;
    if (own !== key) return own - key;
    return this.ids[doctor]! < id ? -1 : Number(this.ids[doctor]! > id);
  }
}
