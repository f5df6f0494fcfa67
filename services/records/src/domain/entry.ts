import { EntryWithdrawn, InvalidEntry } from './errors.js';
import { type Coding, checkVital, type Measure } from './vitals.js';

export const entryKinds = [
  'allergy',
  'condition',
  'antecedent',
  'medication',
  'immunization',
  'vital',
  'note',
  'prescription',
  'certificate',
  'document',
] as const;
export type EntryKind = (typeof entryKinds)[number];

export const severities = ['mild', 'moderate', 'severe'] as const;
export type Severity = (typeof severities)[number];

export interface PrescribedItem {
  readonly label: string;
  /** ATC where the medicine has one. */
  readonly code?: Coding;
  readonly dose: string;
  readonly frequency: string;
  /** Of treatment. */
  readonly days: number;
}

/** The file that a document entry stands for; its bytes are kept elsewhere under this id. */
export interface StoredFile {
  readonly fileId: string;
  /** As its content says, not its name. */
  readonly mediaType: string;
  readonly bytes: number;
}

/**
 * What each kind says beside label, code and note. Days are `YYYY-MM-DD`, `YYYY-MM` or `YYYY` where only that is known.
 * Whoever writes an allergy, a medication or an immunisation here says all of it; what was imported may lack what its
 * source did not say, rather than have it made up.
 */
export interface DetailsByKind {
  allergy: { readonly severity?: Severity };
  condition: { readonly onset?: string };
  antecedent: { readonly onset?: string };
  medication: { readonly dose?: string; readonly frequency?: string; readonly from?: string; readonly to?: string };
  immunization: { readonly at?: string };
  /** `value` in `unit` (UCUM), or for blood pressure `systolic` and `diastolic`. */
  vital: {
    readonly measure: Measure;
    readonly value?: number;
    readonly systolic?: number;
    readonly diastolic?: number;
    readonly unit: string;
    /** RFC 3339. */
    readonly at: string;
  };
  note: object;
  prescription: { readonly items: readonly PrescribedItem[] };
  certificate: { readonly text: string };
  document: { readonly file: StoredFile };
}

/** Where an entry came from that nobody here wrote. */
export interface Provenance {
  /** As the imported document names its author or custodian. */
  readonly source: string;
  readonly importedAt: Date;
  /** When its source says that it was written down: RFC 3339, a day, a month or a year. */
  readonly writtenAt?: string;
  /** The resource as it was, where this record has no better place for what it says. */
  readonly original?: unknown;
}

export interface Author {
  readonly id: string;
  readonly role: 'doctor' | 'patient';
}

interface Common {
  readonly label: string;
  readonly code?: Coding;
  readonly note?: string;
}

/** What is written down. */
export type EntryContent = {
  [Kind in EntryKind]: Common & { readonly kind: Kind } & DetailsByKind[Kind];
}[EntryKind];

/** One version of an entry, whole. */
export interface EntryState {
  readonly id: string;
  readonly patientId: string;
  readonly content: EntryContent;
  readonly author: Author;
  /** When this version was written. */
  readonly recordedAt: Date;
  /** When the first was. */
  readonly createdAt: Date;
  /** From 1. */
  readonly version: number;
  /** Why this version replaces the one before; the first has none. */
  readonly reason?: string;
  /** It was written by mistake, or is no longer to be used; it stays readable. */
  readonly withdrawn?: true;
  readonly provenance?: Provenance;
}

export type ContentOf<Kind extends EntryKind> = Extract<EntryContent, { kind: Kind }>;

/** @throws InvalidEntry naming the field whose meaning is wrong */
export function checkContent(content: EntryContent): void {
  if (
    content.kind === 'medication' &&
    content.to !== undefined &&
    content.from !== undefined &&
    content.to < content.from
  )
    throw new InvalidEntry('to', 'before-from');
  if (content.kind === 'vital') checkVital(content);
}

/** Something in a patient's record. Nothing is overwritten: a correction is a version of its own that says why. */
export class Entry {
  private constructor(
    readonly state: EntryState,
    /** Version that is stored; 0: none yet. */
    readonly savedVersion: number,
  ) {}

  /** @throws InvalidEntry */
  static write(
    given: { id: string; patientId: string; content: EntryContent; author: Author; provenance?: Provenance },
    now: Date,
  ): Entry {
    checkContent(given.content);
    return new Entry({ ...given, recordedAt: now, createdAt: now, version: 1 }, 0);
  }

  static restore(state: EntryState): Entry {
    return new Entry(state, state.version);
  }

  /** @throws InvalidEntry, EntryWithdrawn; the kind stays what it was */
  correct(content: EntryContent, by: Author, reason: string, now: Date): Entry {
    this.mustStand();
    if (content.kind !== this.state.content.kind) throw new InvalidEntry('kind', 'unchangeable');
    checkContent(content);
    return this.next({ content }, by, reason, now);
  }

  /** @throws EntryWithdrawn */
  withdraw(by: Author, reason: string, now: Date): Entry {
    this.mustStand();
    return this.next({ withdrawn: true }, by, reason, now);
  }

  private next(change: Partial<EntryState>, author: Author, reason: string, now: Date): Entry {
    const version = this.state.version + 1;
    return new Entry({ ...this.state, ...change, author, reason, recordedAt: now, version }, this.savedVersion);
  }

  private mustStand(): void {
    if (this.state.withdrawn) throw new EntryWithdrawn(this.state.id);
  }
}
