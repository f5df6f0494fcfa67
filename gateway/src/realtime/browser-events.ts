import {
  AppointmentData,
  appointmentAcceptedV1,
  appointmentCancelledV1,
  appointmentCompletedV1,
  appointmentExpiredV1,
  appointmentMissedV1,
  appointmentRejectedV1,
  appointmentRequestedV1,
  NotificationCreatedV1,
  notificationCreatedV1,
} from '@medflow/contracts';
import type { EventEnvelope } from '@medflow/messaging';

/** An event for the browsers of some accounts, as `api.md` names it. */
export interface BrowserEvent {
  accounts: string[];
  name: 'notification' | 'appointment';
  payload: object;
}

/** Type on the bus → the appointment's status after it. */
const statuses: Readonly<Record<string, string>> = {
  [appointmentRequestedV1.type]: 'requested',
  [appointmentAcceptedV1.type]: 'accepted',
  [appointmentRejectedV1.type]: 'rejected',
  [appointmentCancelledV1.type]: 'cancelled',
  [appointmentCompletedV1.type]: 'completed',
  [appointmentMissedV1.type]: 'missed',
  [appointmentExpiredV1.type]: 'expired',
};

export const liveTypes: readonly string[] = [notificationCreatedV1.type, ...Object.keys(statuses)];

/** What browsers learn of an event on the bus, field by field; undefined when it is none of theirs. */
export function browserEventOf({ type, sequence, data }: EventEnvelope): BrowserEvent | undefined {
  if (type === notificationCreatedV1.type) {
    const { notificationId, accountId, kind, title, body, appointmentId, createdAt } = data as NotificationCreatedV1;
    const item = {
      id: notificationId,
      type: kind,
      title,
      body,
      data: appointmentId ? { appointmentId } : {},
      createdAt,
      readAt: null,
    };
    return { accounts: [accountId], name: 'notification', payload: item };
  }
  const status = statuses[type];
  if (!status) return undefined;
  const { appointmentId, doctorId, patientId, startsAt, endsAt } = data as AppointmentData;
  const payload = {
    id: appointmentId,
    status,
    type: `appointment-${status}`,
    version: sequence,
    startsAt,
    endsAt,
    doctorId,
    patientId,
  };
  return { accounts: [doctorId, patientId], name: 'appointment', payload };
}
