import type { AvailabilitySummary } from './availability-summary.js';
import type { Doctor } from './doctors.js';

/** A doctor whose summary one replica makes until its lease ends. */
export interface SummaryTurn {
  readonly doctor: Doctor;
  readonly claim: string;
  /** This one included. */
  readonly attempts: number;
  /** The one that was told last, and how many were. */
  readonly told?: { readonly summary: AvailabilitySummary; readonly sequence: number };
}

/** Whose summary is due when: one list for all replicas. */
export abstract class SummaryWork {
  /** Due as soon as what is being done is committed; of many in a short while {@link noteTouched} takes note at once. */
  abstract touch(doctorId: string): void;
  /** Told of every touch. */
  abstract whenTouched(listener: () => void): void;
  /** Those that were touched since are due from that time on. @returns whether there were any */
  abstract noteTouched(dueAt: Date): Promise<boolean>;

  /** Published doctors that wait for nothing, of before there was this list, are due now. */
  abstract adopt(now: Date): Promise<void>;

  /** Up to `limit` that are due by `now`, those that have been longest first; nobody else is given them before `until`. */
  abstract claim(
    now: Date,
    until: Date,
    limit: number,
  ): Promise<{ readonly turns: readonly SummaryTurn[]; readonly next: Date | undefined }>;

  /** Keeps the summary and tells of it, when it differs from the one told last; nothing if the turn is over. */
  abstract keep(turn: SummaryTurn, summary: AvailabilitySummary, now: Date, dueAt: Date): Promise<void>;
  abstract postpone(turn: SummaryTurn, until: Date): Promise<void>;
  /** No summary is wanted until the doctor is touched. */
  abstract drop(turn: SummaryTurn): Promise<void>;
}
