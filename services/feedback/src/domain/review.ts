import { HOUR_MS } from './days.js';
import { AlreadyAnswered, AlreadyHidden, AlreadyReported, NotCompleted, NotReported, TooLate } from './errors.js';
import { changeOf, type RatingChange, type Stars } from './rating.js';
import type { Visit } from './visit.js';

export interface ReviewState {
  readonly id: string;
  readonly appointmentId: string;
  readonly doctorId: string;
  readonly patientId: string;
  readonly stars: Stars;
  readonly comment: string | null;
  /** `YYYY-MM-DD` at the doctor's when it was submitted: the day that its stars count for. */
  readonly day: string;
  readonly reply: { readonly comment: string; readonly createdAt: Date } | null;
  /** By the doctor; open until an administrator has decided. */
  readonly report: { readonly reason: string; readonly at: Date; readonly open: boolean } | null;
  /** The comment is off the public page; the stars count all the same. */
  readonly hidden: { readonly reason: string; readonly at: Date } | null;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  /** Rises by one with every change. */
  readonly version: number;
}

/** Something that others are to know of, with the review right after. */
export interface ReviewFact {
  readonly name: 'submitted' | 'answered' | 'hidden';
  readonly review: ReviewState;
  readonly at: Date;
}

/** Whether an administrator has to look at it, or has taken it off the public page. */
export type Standing = 'shown' | 'reported' | 'hidden';

export const EDITABLE_MS = 48 * HOUR_MS;

export const editableUntil = ({ createdAt }: Pick<ReviewState, 'createdAt'>): Date =>
  new Date(createdAt.getTime() + EDITABLE_MS);

export const standingOf = ({ report, hidden }: Pick<ReviewState, 'report' | 'hidden'>): Standing => {
  if (hidden) return 'hidden';
  return report?.open ? 'reported' : 'shown';
};

export interface Opinion {
  readonly stars: Stars;
  readonly comment: string | null;
}

/** What the patient of a completed visit says of it. */
export class Review {
  private readonly recorded: ReviewFact[] = [];

  private constructor(
    private current: ReviewState,
    private readonly saved: ReviewState | undefined,
  ) {}

  /** @throws NotCompleted */
  static submit(visit: Visit, opinion: Opinion, { id, day }: { id: string; day: string }, now: Date): Review {
    if (visit.status !== 'completed') throw new NotCompleted(`the visit is ${visit.status}`);
    const { appointmentId, doctorId, patientId } = visit;
    const review = new Review(
      {
        id,
        appointmentId,
        doctorId,
        patientId,
        stars: opinion.stars,
        comment: opinion.comment,
        day,
        reply: null,
        report: null,
        hidden: null,
        createdAt: now,
        editedAt: null,
        version: 1,
      },
      undefined,
    );
    review.record('submitted', now);
    return review;
  }

  static restore(state: ReviewState): Review {
    return new Review(state, state);
  }

  get state(): ReviewState {
    return this.current;
  }

  get facts(): readonly ReviewFact[] {
    return this.recorded;
  }

  /** Version in the database; 0 before it was saved. */
  get savedVersion(): number {
    return this.saved?.version ?? 0;
  }

  /** What saving it changes in the doctor's rating. */
  get ratingChange(): RatingChange | undefined {
    return changeOf(this.saved?.stars, this.current.stars);
  }

  /** A comment that is hidden stays so, whatever it says now. @throws TooLate 48 h after it was submitted */
  edit({ stars, comment }: Opinion, now: Date): void {
    const until = editableUntil(this.current);
    if (now > until) throw new TooLate(until);
    const { report } = this.current;
    // A report is about a text: another one may be reported again.
    const stillReported = report?.open || comment === this.current.comment ? report : null;
    this.change({ stars, comment, report: stillReported, editedAt: now });
    this.record('submitted', now);
  }

  /** The doctor has one word. @throws AlreadyAnswered */
  answer(comment: string, now: Date): void {
    if (this.current.reply) throw new AlreadyAnswered('one answer each');
    this.change({ reply: { comment, createdAt: now } });
    this.record('answered', now);
  }

  /** @throws AlreadyReported also when it was dismissed; AlreadyHidden */
  report(reason: string, now: Date): void {
    if (this.current.hidden) throw new AlreadyHidden('nobody sees it');
    if (this.current.report) throw new AlreadyReported('one report each');
    this.change({ report: { reason, at: now, open: true } });
  }

  /** @throws AlreadyHidden */
  hide(reason: string, now: Date): void {
    if (this.current.hidden) throw new AlreadyHidden('hidden before');
    this.change({ hidden: { reason, at: now }, report: this.closedReport });
    this.record('hidden', now);
  }

  /** The comment may stand: a report is closed, and what was hidden is shown again. @throws NotReported */
  dismiss(): void {
    if (standingOf(this.current) === 'shown') throw new NotReported('neither reported nor hidden');
    this.change({ hidden: null, report: this.closedReport });
  }

  private get closedReport(): ReviewState['report'] {
    const { report } = this.current;
    return report && { ...report, open: false };
  }

  private change(change: Partial<ReviewState>): void {
    this.current = { ...this.current, ...change, version: this.current.version + 1 };
  }

  private record(name: ReviewFact['name'], at: Date): void {
    this.recorded.push({ name, at, review: this.current });
  }
}
