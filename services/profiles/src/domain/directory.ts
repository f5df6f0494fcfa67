import type { Mode } from './codes.js';
import type { DirectoryCard } from './directory-card.js';
import type { DirectoryQuery, Place } from './search/directory-index.js';

/** When a doctor can be booked, as scheduling last told. */
export interface Availability {
  nextAvailableAt: Date | null;
  /** UTC dates `YYYY-MM-DD` with a free slot, ascending. */
  days: string[];
  modes: Mode[];
}

/** How a doctor is rated, as feedback last told. */
export interface Rating {
  /** 1 to 5; null before the first review. */
  average: number | null;
  count: number;
  /** What lists are sorted by: the average, drawn towards that of all doctors while few have rated; null as above. */
  score: number | null;
}

/** A published doctor. */
export interface Listing extends DirectoryCard, Availability {
  rating: Rating;
}

export interface DirectoryPage {
  items: Listing[];
  /** Undefined on the last page. */
  next?: Place;
}

/** The public directory: a read model of published profiles and of scheduling's and feedback's summaries. */
export abstract class Directory {
  abstract find(doctorId: string): Promise<Listing | undefined>;
  abstract search(query: DirectoryQuery): Promise<DirectoryPage>;
  /** Keeps the summary, whether the doctor is published yet or not. */
  abstract summarise(doctorId: string, availability: Availability): Promise<void>;
  /** Keeps the rating, whether the doctor is published yet or not. */
  abstract rate(doctorId: string, rating: Rating): Promise<void>;
}
