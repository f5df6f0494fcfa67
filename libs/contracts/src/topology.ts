import type { Contract } from './contract.js';
import { paymentAuthorisedV1 } from './billing/payment-authorised.v1.js';
import { paymentCapturedV1 } from './billing/payment-captured.v1.js';
import { paymentFailedV1 } from './billing/payment-failed.v1.js';
import { paymentPendingV1 } from './billing/payment-pending.v1.js';
import { paymentRefundedV1 } from './billing/payment-refunded.v1.js';
import { paymentVoidedV1 } from './billing/payment-voided.v1.js';
import { consultationChangedV1 } from './consultations/consultation-changed.v1.js';
import { consultationFinishedV1 } from './consultations/consultation-finished.v1.js';
import { presenceChangedV1 } from './consultations/presence-changed.v1.js';
import { signalSentV1 } from './consultations/signal-sent.v1.js';
import { messageSentV1 } from './consultations/message-sent.v1.js';
import { messagesDeliveredV1 } from './consultations/messages-delivered.v1.js';
import { messagesReadV1 } from './consultations/messages-read.v1.js';
import { typingV1 } from './consultations/typing.v1.js';
import { ratingSummarisedV1 } from './feedback/rating-summarised.v1.js';
import { reviewAnsweredV1 } from './feedback/review-answered.v1.js';
import { reviewHiddenV1 } from './feedback/review-hidden.v1.js';
import { reviewInvitedV1 } from './feedback/review-invited.v1.js';
import { reviewSubmittedV1 } from './feedback/review-submitted.v1.js';
import { accountRegisteredV1 } from './identity/account-registered.v1.js';
import { accountReinstatedV1 } from './identity/account-reinstated.v1.js';
import { accountSuspendedV1 } from './identity/account-suspended.v1.js';
import { letterWantedV1 } from './identity/letter-wanted.v1.js';
import { sessionEndedV1 } from './identity/session-ended.v1.js';
import { notificationCreatedV1 } from './notifications/notification-created.v1.js';
import { doctorPublishedV1 } from './profiles/doctor-published.v1.js';
import { doctorSuspendedV1 } from './profiles/doctor-suspended.v1.js';
import { patientProfileUpdatedV1 } from './profiles/patient-profile-updated.v1.js';
import { emergencyAccessOpenedV1 } from './records/emergency-access-opened.v1.js';
import { recordEntryAddedV1 } from './records/record-entry-added.v1.js';
import { appointmentAcceptedV1 } from './scheduling/appointment-accepted.v1.js';
import { appointmentCancelledV1 } from './scheduling/appointment-cancelled.v1.js';
import { appointmentCompletedV1 } from './scheduling/appointment-completed.v1.js';
import { appointmentDoctorAvailableV1 } from './scheduling/appointment-doctor-available.v1.js';
import { appointmentDoctorUnavailableV1 } from './scheduling/appointment-doctor-unavailable.v1.js';
import { appointmentExpiredV1 } from './scheduling/appointment-expired.v1.js';
import { appointmentHeldV1 } from './scheduling/appointment-held.v1.js';
import { appointmentHoldLostV1 } from './scheduling/appointment-hold-lost.v1.js';
import { appointmentMissedV1 } from './scheduling/appointment-missed.v1.js';
import { appointmentRejectedV1 } from './scheduling/appointment-rejected.v1.js';
import { appointmentRequestedV1 } from './scheduling/appointment-requested.v1.js';
import { appointmentRescheduleDeclinedV1 } from './scheduling/appointment-reschedule-declined.v1.js';
import { appointmentRescheduleLapsedV1 } from './scheduling/appointment-reschedule-lapsed.v1.js';
import { appointmentRescheduleProposedV1 } from './scheduling/appointment-reschedule-proposed.v1.js';
import { appointmentRescheduledV1 } from './scheduling/appointment-rescheduled.v1.js';
import { availabilityPlannedV1 } from './scheduling/availability-planned.v1.js';
import { availabilitySummarisedV1 } from './scheduling/availability-summarised.v1.js';

const personFacts = [accountRegisteredV1, patientProfileUpdatedV1, doctorPublishedV1];

const appointmentFacts = [
  appointmentRequestedV1,
  appointmentAcceptedV1,
  appointmentRejectedV1,
  appointmentCancelledV1,
  appointmentCompletedV1,
  appointmentMissedV1,
  appointmentExpiredV1,
  appointmentRescheduledV1,
  appointmentRescheduleProposedV1,
  appointmentRescheduleDeclinedV1,
  appointmentRescheduleLapsedV1,
];

const practiceFacts = [appointmentDoctorUnavailableV1, appointmentDoctorAvailableV1];

const holdFacts = [appointmentHeldV1, appointmentHoldLostV1];

const paymentFacts = [
  paymentAuthorisedV1,
  paymentCapturedV1,
  paymentFailedV1,
  paymentPendingV1,
  paymentVoidedV1,
  paymentRefundedV1,
];

const reviewFacts = [reviewSubmittedV1, reviewAnsweredV1, reviewHiddenV1, reviewInvitedV1];

const recordFacts = [recordEntryAddedV1, emergencyAccessOpenedV1];

const messageFacts = [messageSentV1, messagesReadV1];

/** What opens and closes care: see @medflow/care. */
const careFacts = [
  appointmentAcceptedV1,
  appointmentRejectedV1,
  appointmentCancelledV1,
  appointmentCompletedV1,
  appointmentMissedV1,
  appointmentExpiredV1,
  appointmentRescheduledV1,
  appointmentRescheduleProposedV1,
  appointmentRescheduleDeclinedV1,
];

export const contracts: readonly Contract[] = [
  accountRegisteredV1,
  accountSuspendedV1,
  accountReinstatedV1,
  letterWantedV1,
  sessionEndedV1,
  patientProfileUpdatedV1,
  doctorPublishedV1,
  doctorSuspendedV1,
  ...appointmentFacts,
  ...holdFacts,
  ...practiceFacts,
  ...paymentFacts,
  ...reviewFacts,
  ratingSummarisedV1,
  ...recordFacts,
  consultationFinishedV1,
  consultationChangedV1,
  signalSentV1,
  presenceChangedV1,
  ...messageFacts,
  messagesDeliveredV1,
  typingV1,
  availabilityPlannedV1,
  availabilitySummarisedV1,
  notificationCreatedV1,
];

const typesOf = (...of: Contract[]) => of.map((contract) => contract.type);

/**
 * Every durable queue and what it takes. Each service declares the whole of it when it connects, so that no event is
 * lost because its consumer has never started yet.
 */
export const topology: Readonly<Record<string, readonly string[]>> = {
  'profiles.accounts': typesOf(accountRegisteredV1, accountSuspendedV1, accountReinstatedV1),
  'profiles.availability': typesOf(availabilitySummarisedV1),
  'profiles.ratings': typesOf(ratingSummarisedV1),
  'scheduling.doctors': typesOf(doctorPublishedV1, doctorSuspendedV1),
  'scheduling.payments': typesOf(...paymentFacts),
  'scheduling.consultations': typesOf(consultationFinishedV1),
  'scheduling.patients': typesOf(patientProfileUpdatedV1),
  'billing.people': typesOf(...personFacts, doctorSuspendedV1, availabilityPlannedV1),
  'billing.appointments': typesOf(...appointmentFacts, ...holdFacts, ...practiceFacts),
  'notifications.people': typesOf(...personFacts),
  'notifications.accounts': typesOf(letterWantedV1, accountSuspendedV1, accountReinstatedV1),
  'notifications.appointments': typesOf(...appointmentFacts, ...practiceFacts, appointmentHoldLostV1),
  'notifications.payments': typesOf(...paymentFacts),
  'notifications.feedback': typesOf(...reviewFacts),
  'notifications.records': typesOf(...recordFacts),
  'notifications.messages': typesOf(...messageFacts),
  'feedback.appointments': typesOf(appointmentCompletedV1),
  'feedback.people': typesOf(...personFacts, availabilityPlannedV1),
  'records.people': typesOf(...personFacts),
  'records.appointments': typesOf(...careFacts),
  'records.doctors': typesOf(doctorPublishedV1, doctorSuspendedV1),
  'consultations.people': typesOf(...personFacts),
  'consultations.appointments': typesOf(...careFacts),
  'consultations.doctors': typesOf(doctorPublishedV1, doctorSuspendedV1),
};
