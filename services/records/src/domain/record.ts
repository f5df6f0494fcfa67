import type { Entry, EntryKind, EntryState } from './entry.js';
import type { Measure } from './vitals.js';

export interface EntryFilter {
  readonly kind?: EntryKind;
  /** All of its words begin words of the entry, whatever their accents and case. */
  readonly q?: string;
}

export interface EntryPage {
  readonly limit: number;
  /** Entries before this position. */
  readonly before?: number;
}

/** An entry with its place in the record: the first that was ever written has 1. */
export interface PlacedEntry {
  readonly position: number;
  readonly state: EntryState;
}

/** What patients' records hold. Every call names the patient: nothing is found by an entry's id alone. */
export abstract class Entries {
  /** Stores the version beside the earlier ones, with its fact. @throws ConcurrentChange when another was faster */
  abstract save(entry: Entry): Promise<void>;
  /** @throws NotFound also when it is another patient's */
  abstract find(patientId: string, id: string): Promise<EntryState>;
  /** All versions, the newest first. @throws NotFound */
  abstract versions(patientId: string, id: string): Promise<EntryState[]>;
  /** Current versions, last written first, `limit` + 1; those that were withdrawn too. */
  abstract list(patientId: string, filter: EntryFilter, page: EntryPage): Promise<PlacedEntry[]>;
  /** Current versions of these kinds that stand, last written first. */
  abstract standing(patientId: string, kinds: readonly EntryKind[], limit: number): Promise<EntryState[]>;
  /** The last written so many of a measure that stand. */
  abstract vitals(patientId: string, measure: Measure, limit: number): Promise<EntryState[]>;
  /** Everything, oldest first, in batches. */
  abstract all(patientId: string): AsyncIterable<EntryState>;
}

/** What a reader sees first. */
export interface RecordSummary {
  readonly allergies: readonly EntryState[];
  /** That are taken today. */
  readonly medications: readonly EntryState[];
  readonly conditions: readonly EntryState[];
}

/** Whether a medicine is taken on that day (`YYYY-MM-DD`). */
export const isTaken = ({ content }: EntryState, day: string): boolean =>
  content.kind === 'medication' && (content.to === undefined || content.to >= day);
