import type { Person } from '@medflow/people';
import { decodeCursor, idKey, instantKey, photoOf, ValidationFailed } from '@medflow/service-kit';
import type { NamedReview } from '../../application/read-reviews.js';
import { averageOf, type Rating } from '../../domain/rating.js';
import { editableUntil, type ReviewState } from '../../domain/review.js';
import type { ReviewPage } from '../../domain/reviews.js';
import type { AdminFeedbackView, DoctorFeedbackView, OwnFeedbackView, PublicFeedbackView } from './feedback.dto.js';

export const personView = ({ id, firstName, lastName, photo }: Person) => ({
  id,
  firstName,
  lastName,
  photo: photoOf(photo),
});

const replyView = ({ reply }: ReviewState) =>
  reply && { reply: { comment: reply.comment, createdAt: reply.createdAt.toISOString() } };

/** A hidden comment goes with its answer, which may quote it; the stars stay, as they count. */
export const publicView = (review: ReviewState): PublicFeedbackView => ({
  id: review.id,
  stars: review.stars,
  comment: review.hidden ? null : review.comment,
  createdAt: review.createdAt.toISOString(),
  ...(!review.hidden && replyView(review)),
});

/** What its patient, its doctor and administrators read. */
const fullView = (review: ReviewState) => ({
  id: review.id,
  appointmentId: review.appointmentId,
  stars: review.stars,
  comment: review.comment,
  ...replyView(review),
  ...(review.hidden && { hidden: { reason: review.hidden.reason } }),
  createdAt: review.createdAt.toISOString(),
  ...(review.editedAt && { editedAt: review.editedAt.toISOString() }),
  version: review.version,
});

const reportView = ({ report }: ReviewState) =>
  report && { reported: { reason: report.reason, createdAt: report.at.toISOString(), open: report.open } };

export const ownView = ({ review, doctor }: NamedReview): OwnFeedbackView => ({
  ...fullView(review),
  doctor: personView(doctor),
  editableUntil: editableUntil(review).toISOString(),
});

export const doctorView = ({ review, patient }: NamedReview): DoctorFeedbackView => ({
  ...fullView(review),
  patient: personView(patient),
  ...reportView(review),
});

export const adminView = (named: NamedReview): AdminFeedbackView => ({
  ...doctorView(named),
  doctor: personView(named.doctor),
});

export const ratingView = (rating: Rating) => ({
  average: averageOf(rating),
  count: rating.count,
  distribution: { ...rating.distribution },
});

/** @throws ValidationFailed */
export function pageAfter(limit: number, cursor: string | undefined): ReviewPage {
  const keys = decodeCursor(cursor, 2);
  return keys ? { limit, after: { at: instantKey(keys[0]), id: idKey(keys[1]) } } : { limit };
}

/** @throws ValidationFailed when the period ends before it begins */
export function checkPeriod({ from, to }: { from?: string; to?: string }): void {
  if (from !== undefined && to !== undefined && to < from)
    throw new ValidationFailed([{ field: 'to', code: 'from-after-to' }]);
}
