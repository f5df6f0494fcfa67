import type { SummaryInput } from './fhir/summary.js';

/** What a patient's profile says beside the name. */
export interface Demographics {
  readonly birthDate?: string;
  readonly gender?: 'female' | 'male' | 'other';
  readonly bloodGroup?: string;
  readonly phone?: string;
}

/** Asked for when a record goes out: they are neither on the bus nor kept here. */
export abstract class PatientDemographics {
  /** Nothing for whom there is no profile. @throws Error when profiles cannot be asked */
  abstract of(patientId: string): Promise<Demographics>;
}

/** What summaries need of this installation. */
export abstract class Installation {
  /** As it calls itself. */
  abstract readonly name: string;
  /** A UUID that is the same whenever it is asked for by this name. */
  abstract uuid(name: string): string;
  /** Where the patient finds a document. */
  abstract documentUrl(entryId: string): string;
  /** Where whoever has the link finds what it shares. */
  abstract manifestUrl(manifestId: string): string;
  /** Where the page is that opens links, its fragment being the link. */
  abstract readonly viewerUrl: string;
}

/** Draws a record to be read on paper. */
export abstract class SummaryPrinter {
  /** A PDF in the language of the input; the same input gives the same bytes. */
  abstract print(input: SummaryInput): Promise<Buffer>;
}

/** What was imported once, to be known again. */
export abstract class ImportedKeys {
  /** Entry ids by the keys among these that were imported into this record. */
  abstract find(patientId: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Within the transaction that writes the entries; a key that is there already undoes it. */
  abstract add(patientId: string, entries: ReadonlyMap<string, string>): Promise<void>;
  /** Those of the ids that are entries of this record. */
  abstract own(patientId: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
}
