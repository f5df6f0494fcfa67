export const accessActions = [
  'read-record',
  'read-entry',
  'read-versions',
  'read-vitals',
  'read-document',
  'read-paper',
  'write-entry',
  'correct-entry',
  'withdraw-entry',
  'open-emergency',
  'read-access-log',
  'export-record',
  'import-record',
  'create-link',
  'revoke-link',
  'open-link',
  'erase-record',
] as const;
export type AccessAction = (typeof accessActions)[number];

/** What the access was allowed for. */
export type AccessPurpose = 'own' | 'care' | 'emergency' | 'link' | 'operation';

/** Somebody did something to a record. */
export interface Access {
  readonly patientId: string;
  readonly at: Date;
  /** Account; whoever opens a link has none. */
  readonly actorId: string | null;
  readonly role: 'patient' | 'doctor' | 'link' | 'operator';
  readonly action: AccessAction;
  readonly purpose: AccessPurpose;
  /** Entry, document or link that it was about. */
  readonly subjectId?: string;
  /** Of an emergency, in the doctor's words. */
  readonly reason?: string;
}

/** A line of a patient's log, from 1. */
export interface AccessLine extends Access {
  readonly line: number;
}

export interface LogPage {
  readonly limit: number;
  /** Lines before this one. */
  readonly before?: number;
}

/** Where a chain does not hold. */
export interface BrokenLink {
  readonly patientId: string;
  readonly line: number;
  readonly why: 'missing' | 'changed' | 'cut-off';
}

export interface Verification {
  readonly patients: number;
  readonly lines: number;
  readonly broken: readonly BrokenLink[];
}

/** Who opened whose record: each line seals the one before it, so that none can be changed or taken out unseen. */
export abstract class AccessLog {
  /** Joins an ambient transaction: an act and its line are stored together. */
  abstract append(access: Access): Promise<void>;
  /** Newest first, `limit` + 1. */
  abstract list(patientId: string, page: LogPage): Promise<AccessLine[]>;
  /** Follows the chain of each patient, or of one, and names the first link of each that does not hold. */
  abstract verify(patientId?: string): Promise<Verification>;
}
