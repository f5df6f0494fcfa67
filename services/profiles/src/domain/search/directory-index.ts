import type { Language, Mode, Specialization } from '../codes.js';
import { Bits } from './bits.js';
import { cityKey, cityWords } from './cities.js';
import { joined, queryWords, wordsOf } from './normalise.js';
import { type Sort, SortedOrder } from './sorted-order.js';
import { specializationWords } from './specialization-words.js';
import { Vocabulary } from './vocabulary.js';

/** What the search knows of a doctor. */
export interface IndexEntry {
  id: string;
  firstName: string;
  lastName: string;
  city: string;
  specializations: readonly Specialization[];
  languages: readonly Language[];
  price: { amount: number; currency: string };
  /** Of the reviews, 1 to 5; null before the first one. */
  score: number | null;
  nextAvailableAt: Date | null;
  /** UTC dates `YYYY-MM-DD`. */
  days: readonly string[];
  modes: readonly Mode[];
}

export interface DirectoryQuery {
  /** As typed: names, specialisations in three languages, cities in both scripts. */
  q?: string;
  specialization?: Specialization;
  city?: string;
  language?: Language;
  /** In millimes: doctors who charge in another currency than TND are left out. */
  maxPrice?: number;
  mode?: Mode;
  /** UTC dates `YYYY-MM-DD`, both inclusive. */
  availableFrom?: string;
  availableTo?: string;
  sort: Sort;
  limit: number;
  after?: Place;
}

/** Where a page ends: how well its last doctor matched (0 best), the sort key, the id. */
export interface Place {
  tier: number;
  key: number;
  id: string;
}

const NEVER = Number.MAX_SAFE_INTEGER;
const CURRENCY_STEP = 1e10;
const currencies = ['TND', 'EUR', 'USD'];

/** Currencies are not comparable without a rate: those of one are together, dinars first. */
const priceKey = ({ amount, currency }: IndexEntry['price']) => currencies.indexOf(currency) * CURRENCY_STEP + amount;
const ratingKey = ({ score }: IndexEntry) => -(score ?? 0);
const availabilityKey = ({ nextAvailableAt }: IndexEntry) => nextAvailableAt?.getTime() ?? NEVER;
/** The score that a doctor has before the first review: the prior mean of docs/adr/0009-ratings.md. */
const UNRATED_SCORE = 3.9;
/** Better rated first, among equals who can be seen sooner. Doctors without reviews stand in the middle, not last. */
const relevanceKey = (entry: IndexEntry) => {
  const centimarks = Math.round((5 - (entry.score ?? UNRATED_SCORE)) * 100);
  const minutes = entry.nextAvailableAt ? Math.floor(entry.nextAvailableAt.getTime() / 60_000) : 1e9 - 1;
  return centimarks * 1e9 + minutes;
};
const keys = {
  relevance: relevanceKey,
  price: (entry: IndexEntry) => priceKey(entry.price),
  rating: ratingKey,
  availability: availabilityKey,
};

/** The doctor's own words, by which typing finds them. Specialisations are found through their labels instead. */
const wordsOfEntry = ({ firstName, lastName, city }: IndexEntry): string[] => [
  ...new Set(
    [...[firstName, lastName].flatMap((text) => [...wordsOf(text), joined(text)]), ...cityWords(city)].filter(Boolean),
  ),
];

const facetsOf = (entry: IndexEntry): string[] => [
  ...entry.specializations.map((code) => `specialization:${code}`),
  ...entry.languages.map((code) => `language:${code}`),
  ...entry.modes.map((mode) => `mode:${mode}`),
  `city:${cityKey(entry.city)}`,
];

/**
 * Finds published doctors without the database. A country has tens of thousands of doctors, some 300 bytes each here,
 * and neither a text index nor a limit that is applied before the sort can be counted on in every database that MedFlow
 * runs on. Filters are bit sets, sorts are kept orders: the cost hardly grows with the number of doctors.
 */
export class DirectoryIndex {
  private readonly numbers = new Map<string, number>();
  private readonly ids: string[] = [];
  private readonly words: (readonly string[])[] = [];
  private readonly listed = new Bits();
  private readonly vocabulary = new Vocabulary<number[]>();
  private readonly facets = new Map<string, Bits>();
  private readonly days = new Map<string, Bits>();
  private readonly orders: Record<Sort, SortedOrder> = {
    relevance: new SortedOrder(this.ids),
    price: new SortedOrder(this.ids),
    rating: new SortedOrder(this.ids),
    availability: new SortedOrder(this.ids),
  };

  /** Adds or replaces. */
  put(entries: readonly IndexEntry[]): void {
    const added: [IndexEntry, number][] = [];
    for (const entry of entries) {
      this.remove(entry.id);
      const number = this.numbers.get(entry.id) ?? this.ids.push(entry.id) - 1;
      this.numbers.set(entry.id, number);
      this.describe(entry, number);
      added.push([entry, number]);
    }
    for (const [sort, order] of Object.entries(this.orders) as [Sort, SortedOrder][]) {
      order.insert(added.map(([entry, number]) => [number, keys[sort](entry)] as const));
    }
  }

  /** Forgets the doctor; unknown ones are no fault. */
  remove(id: string): void {
    const number = this.numbers.get(id);
    if (number === undefined || !this.listed.has(number)) return;
    for (const order of Object.values(this.orders)) order.remove(number);
    this.listed.delete(number);
    for (const bits of [...this.facets.values(), ...this.days.values()]) bits.delete(number);
    for (const word of this.words[number]!) {
      const holders = this.vocabulary.get(word)!;
      holders.splice(holders.indexOf(number), 1);
      if (holders.length === 0) this.vocabulary.delete(word);
    }
  }

  /**
   * Ids of the page's doctors in order, and where the next page begins. Relevance: all words exact, then all at least
   * as beginnings, then with typing errors. Another sort takes the first two together, and typing errors only when
   * they find nobody.
   */
  search(query: DirectoryQuery): { ids: string[]; next?: Place } {
    const { sort, limit, after } = query;
    const order = this.orders[sort];
    const prices = this.orders.price;
    const dearest = query.maxPrice === undefined ? NEVER : Math.min(query.maxPrice, CURRENCY_STEP - 1);
    const affordable = (number: number) => prices.key(number) <= dearest;
    const found: { number: number; tier: number }[] = [];
    for (const [tier, bits] of this.tiers(query)) {
      if (after && tier < after.tier) continue;
      const place = after?.tier === tier ? after : undefined;
      for (const number of order.pick(limit + 1 - found.length, bits, affordable, place)) found.push({ number, tier });
      if (found.length > limit) break;
    }
    const page = found.slice(0, limit);
    const ids = page.map(({ number }) => this.ids[number]!);
    const last = page.at(-1);
    if (found.length <= limit || !last) return { ids };
    return { ids, next: { tier: last.tier, key: order.key(last.number), id: this.ids[last.number]! } };
  }

  private describe(entry: IndexEntry, number: number): void {
    this.listed.add(number);
    const words = wordsOfEntry(entry);
    this.words[number] = words;
    for (const word of words) {
      const holders = this.vocabulary.get(word);
      if (holders) holders.push(number);
      else this.vocabulary.add(word, [number]);
    }
    for (const facet of facetsOf(entry)) mark(this.facets, facet, number);
    for (const day of entry.days) mark(this.days, day, number);
  }

  /** Disjoint sets of doctors, best matching first; computed as they are asked for. */
  private *tiers(query: DirectoryQuery): Generator<[tier: number, doctors: Bits]> {
    const within = this.within(query);
    const words = query.q === undefined ? [] : queryWords(query.q);
    const all = (matches: Bits[]) => matches.reduce((bits, match) => bits.and(match), within.copy());
    if (words.length === 0) return yield [0, within];
    const begun = words.map((word) => this.beginning(word));
    const whole = all(begun);
    if (query.sort === 'relevance') {
      const exact = all(words.map((word) => this.exact(word)));
      yield [0, exact];
      yield [1, whole.copy().andNot(exact)];
    } else {
      yield [1, whole];
      // A later page goes on where the first began, even if somebody fits better by now.
      if (query.after ? query.after.tier === 1 : whole.size > 0) return;
    }
    const mistyped = all(words.map((word, index) => begun[index]!.or(this.resembling(word))));
    yield [2, mistyped.andNot(whole)];
  }

  private within({ specialization, city, language, mode, availableFrom, availableTo }: DirectoryQuery): Bits {
    const bits = this.listed.copy();
    const facets = { specialization, city: city === undefined ? undefined : cityKey(city), language, mode };
    for (const [name, value] of Object.entries(facets)) {
      if (value !== undefined) bits.and(this.facets.get(`${name}:${value}`));
    }
    if (availableFrom !== undefined || availableTo !== undefined) {
      const free = new Bits(this.ids.length);
      for (const [day, doctors] of this.days) {
        if (day >= (availableFrom ?? '') && day <= (availableTo ?? '9999')) free.or(doctors);
      }
      bits.and(free);
    }
    return bits;
  }

  private exact(word: string): Bits {
    return this.holders(single(this.vocabulary.get(word)), single(specializationWords.get(word)));
  }

  private beginning(word: string): Bits {
    return this.holders(this.vocabulary.startingWith(word), specializationWords.startingWith(word));
  }

  private resembling(word: string): Bits {
    return this.holders(this.vocabulary.resembling(word), specializationWords.resembling(word));
  }

  private holders(doctors: Iterable<readonly number[]>, specializations: Iterable<readonly Specialization[]>): Bits {
    const bits = new Bits(this.ids.length);
    for (const numbers of doctors) for (const number of numbers) bits.add(number);
    for (const code of new Set([...specializations].flat())) {
      const practising = this.facets.get(`specialization:${code}`);
      if (practising) bits.or(practising);
    }
    return bits;
  }
}

const single = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);

function mark(sets: Map<string, Bits>, name: string, number: number): void {
  const bits = sets.get(name) ?? new Bits();
  bits.add(number);
  sets.set(name, bits);
}
