import {
  AppointmentData,
  appointmentAcceptedV1,
  appointmentCancelledV1,
  appointmentCompletedV1,
  appointmentDoctorAvailableV1,
  appointmentDoctorUnavailableV1,
  appointmentExpiredV1,
  appointmentHeldV1,
  appointmentHoldLostV1,
  appointmentMissedV1,
  appointmentRejectedV1,
  appointmentRequestedV1,
  appointmentRescheduleDeclinedV1,
  appointmentRescheduleLapsedV1,
  type AppointmentRescheduledV1,
  appointmentRescheduledV1,
  appointmentRescheduleProposedV1,
  type ConsultationChangedV1,
  consultationChangedV1,
  type MessagesDeliveredV1,
  messagesDeliveredV1,
  type MessageSentV1,
  messageSentV1,
  type MessagesReadV1,
  messagesReadV1,
  NotificationCreatedV1,
  notificationCreatedV1,
  paymentAuthorisedV1,
  paymentCapturedV1,
  type PaymentData,
  paymentFailedV1,
  type PaymentPendingV1,
  paymentPendingV1,
  type PaymentRefundedV1,
  paymentRefundedV1,
  type PaymentVoidedV1,
  paymentVoidedV1,
  type PresenceChangedV1,
  presenceChangedV1,
  type SignalSentV1,
  signalSentV1,
  type TypingV1,
  typingV1,
} from '@medflow/contracts';
import type { EventEnvelope } from '@medflow/messaging';

/** An event for the browsers of some accounts, as `api.md` names it. */
export interface BrowserEvent {
  accounts: string[];
  /** Of guests, who have no account. */
  seats?: string[];
  name: 'notification' | 'appointment' | 'message' | 'typing' | 'consultation' | 'signal' | 'presence';
  payload: object;
}

const saidStatus = (data: object): string => (data as Pick<AppointmentRescheduledV1, 'status'>).status;

/** Type on the bus → the appointment's status after it; of one that was moved, or is to be, the fact says it. */
const statuses: Readonly<Record<string, string | ((data: object) => string)>> = {
  [appointmentRequestedV1.type]: 'requested',
  [appointmentAcceptedV1.type]: 'accepted',
  [appointmentRejectedV1.type]: 'rejected',
  [appointmentCancelledV1.type]: 'cancelled',
  [appointmentCompletedV1.type]: 'completed',
  [appointmentMissedV1.type]: 'missed',
  [appointmentExpiredV1.type]: 'expired',
  [appointmentRescheduledV1.type]: saidStatus,
  [appointmentRescheduleProposedV1.type]: saidStatus,
  [appointmentRescheduleDeclinedV1.type]: saidStatus,
  [appointmentRescheduleLapsedV1.type]: saidStatus,
  [appointmentHeldV1.type]: 'held',
  [appointmentHoldLostV1.type]: 'expired',
  [appointmentDoctorUnavailableV1.type]: 'accepted',
  [appointmentDoctorAvailableV1.type]: 'accepted',
};

/** The doctor has never been told of these, whatever the fact says of that. */
const merelyHeld: readonly string[] = [appointmentHeldV1.type, appointmentHoldLostV1.type];

/** Type on the bus → how the appointment's payment stands after it. */
const paymentStatuses: Readonly<Record<string, (data: PaymentData) => string>> = {
  [paymentAuthorisedV1.type]: () => 'authorised',
  [paymentCapturedV1.type]: () => 'paid',
  [paymentFailedV1.type]: () => 'failed',
  [paymentPendingV1.type]: (data) => (data as PaymentPendingV1).status,
  [paymentVoidedV1.type]: () => 'voided',
  [paymentRefundedV1.type]: (data) =>
    (data as PaymentRefundedV1).refunded.amount < data.amount.amount ? 'partly-refunded' : 'refunded',
};

/** Type on the bus → what happened in a visit by video. */
const inVisits: Readonly<Record<string, (data: never) => BrowserEvent>> = {
  [consultationChangedV1.type]: ({ accounts, seats, appointmentId, state, movedTo }: ConsultationChangedV1) => ({
    accounts,
    seats,
    name: 'consultation',
    payload: { appointmentId, state, ...(movedTo !== undefined && { movedTo }) },
  }),
  [signalSentV1.type]: ({ appointmentId, from, to, isGuest, data }: SignalSentV1) => ({
    accounts: isGuest ? [] : [to],
    seats: isGuest ? [to] : [],
    name: 'signal',
    payload: { appointmentId, from, to, data: JSON.parse(data) as unknown },
  }),
  [presenceChangedV1.type]: ({ accounts, seats, ...payload }: PresenceChangedV1) => ({
    accounts,
    seats,
    name: 'presence',
    payload,
  }),
};

/** Type on the bus → what happened in a conversation; what was written, the page reads where it is kept. */
const inConversations: Readonly<Record<string, (data: never, sequence: number) => BrowserEvent>> = {
  [messageSentV1.type]: (data: MessageSentV1, number) => {
    const { conversationId, messageId, authorId, recipientId, sentAt } = data;
    const payload = { conversationId, messageId, authorId, recipientId, number, sentAt, kind: 'sent' };
    return { accounts: [authorId, recipientId], name: 'message', payload };
  },
  [messagesReadV1.type]: ({ conversationId, readerId, authorId, upTo, readAt }: MessagesReadV1) => ({
    accounts: [authorId, readerId],
    name: 'message',
    payload: { conversationId, authorId, readerId, upTo, readAt, kind: 'read' },
  }),
  [messagesDeliveredV1.type]: ({ conversationId, recipientId, authorId, upTo, deliveredAt }: MessagesDeliveredV1) => ({
    accounts: [authorId],
    name: 'message',
    payload: { conversationId, authorId, recipientId, upTo, deliveredAt, kind: 'delivered' },
  }),
  [typingV1.type]: ({ conversationId, accountId, otherId }: TypingV1) => ({
    accounts: [otherId],
    name: 'typing',
    payload: { conversationId, accountId },
  }),
};

export const liveTypes: readonly string[] = [
  ...Object.keys(inVisits),
  ...Object.keys(inConversations),
  notificationCreatedV1.type,
  ...Object.keys(statuses),
  ...Object.keys(paymentStatuses),
];

/** What browsers learn of an event on the bus, field by field; undefined when it is none of theirs. */
export function browserEventOf({ type, sequence, data }: EventEnvelope): BrowserEvent | undefined {
  if (type === notificationCreatedV1.type) {
    const { notificationId, accountId, kind, title, body, appointmentId, paymentId, conversationId, createdAt } =
      data as NotificationCreatedV1;
    const item = {
      id: notificationId,
      type: kind,
      title,
      body,
      data: {
        ...(appointmentId && { appointmentId }),
        ...(paymentId && { paymentId }),
        ...(conversationId && { conversationId }),
      },
      createdAt,
      readAt: null,
    };
    return { accounts: [accountId], name: 'notification', payload: item };
  }
  const inVisit = inVisits[type];
  if (inVisit) return inVisit(data as never);
  const inConversation = inConversations[type];
  if (inConversation) return inConversation(data as never, sequence);
  // Where nothing was set aside, that nothing is taken is no news.
  if (type === paymentVoidedV1.type && !(data as PaymentVoidedV1).released) return undefined;
  const payment = paymentStatuses[type];
  if (payment) return paymentEventOf(type, data as PaymentData, payment(data as PaymentData));
  const status = statuses[type];
  if (!status) return undefined;
  const { appointmentId, doctorId, patientId, startsAt, endsAt, announced } = data as AppointmentData;
  const payload = {
    id: appointmentId,
    status: typeof status === 'function' ? status(data as object) : status,
    type: nameOf(type),
    version: sequence,
    startsAt,
    endsAt,
    doctorId,
    patientId,
  };
  // What is merely held is none of the doctor's business.
  const isUnheard = announced === false || merelyHeld.includes(type);
  const accounts = isUnheard ? [patientId] : [doctorId, patientId];
  return { accounts, name: 'appointment', payload };
}

/** `billing.payment-captured.v1` → `payment-captured`. */
const nameOf = (type: string): string => type.split('.')[1] ?? type;

function paymentEventOf(type: string, data: PaymentData, status: string): BrowserEvent {
  const { appointmentId, paymentId, doctorId, patientId } = data;
  const payload = { id: appointmentId, type: nameOf(type), payment: { status, paymentId }, doctorId, patientId };
  // What went wrong at the patient's bank is theirs alone.
  const isPrivate = type === paymentFailedV1.type || type === paymentPendingV1.type;
  return { accounts: isPrivate ? [patientId] : [doctorId, patientId], name: 'appointment', payload };
}
