import { Injectable } from '@nestjs/common';
import {
  appointmentAcceptedV1,
  appointmentCancelledV1,
  appointmentCompletedV1,
  type AppointmentData,
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
  type AppointmentRescheduleProposedV1,
  appointmentRescheduleProposedV1,
  availabilityPlannedV1,
  availabilitySummarisedV1,
  type EndedAppointmentData,
} from '@medflow/contracts';
import { Outbox, type OutgoingEvent } from '@medflow/messaging';
import type { AppointmentFact, AppointmentState } from '../../domain/appointment-state.js';
import type { AvailabilitySummary } from '../../domain/availability-summary.js';
import { FactLog, type PlanFact } from '../fact-log.js';

const dataOf = (state: AppointmentState): AppointmentData => ({
  appointmentId: state.id,
  doctorId: state.doctor.id,
  patientId: state.patient.id,
  startsAt: state.startsAt.toISOString(),
  endsAt: state.endsAt.toISOString(),
  mode: state.mode,
  price: { amount: state.price.amount, currency: state.price.currency },
  payment: state.timing,
  ...(!state.announced && { announced: false }),
});

const endedDataOf = ({ appointment, by = 'doctor', reason }: AppointmentFact): EndedAppointmentData => ({
  ...dataOf(appointment),
  by,
  ...(reason !== undefined && { reason }),
  ...(appointment.cancellation?.because && { because: appointment.cancellation.because }),
  ...(appointment.refund && { refund: { amount: appointment.refund.amount, currency: appointment.price.currency } }),
});

const statusOf = ({ status }: AppointmentState) => ({ status: status as 'requested' | 'accepted' });

function proposedDataOf({ appointment, proposal }: AppointmentFact): AppointmentRescheduleProposedV1 {
  const { startsAt, endsAt, mode, price, until } = proposal!;
  return {
    ...dataOf(appointment),
    ...statusOf(appointment),
    proposal: {
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      mode,
      price: { amount: price.amount, currency: price.currency },
      until: until.toISOString(),
    },
  };
}

const rescheduledDataOf = ({ appointment, by, previousStartsAt }: AppointmentFact): AppointmentRescheduledV1 => ({
  ...dataOf(appointment),
  by: by!,
  ...statusOf(appointment),
  previousStartsAt: previousStartsAt!.toISOString(),
});

export function eventOf(fact: AppointmentFact): OutgoingEvent {
  const { appointment, at: time } = fact;
  const about = { subject: appointment.id, sequence: appointment.version, time };
  switch (fact.name) {
    case 'held':
      return {
        ...about,
        contract: appointmentHeldV1,
        data: { ...dataOf(appointment), holdUntil: appointment.holdUntil!.toISOString() },
      };
    case 'hold-lost':
      return { ...about, contract: appointmentHoldLostV1, data: dataOf(appointment) };
    case 'requested':
      return { ...about, contract: appointmentRequestedV1, data: dataOf(appointment) };
    case 'accepted':
      return { ...about, contract: appointmentAcceptedV1, data: dataOf(appointment) };
    case 'rejected':
      return { ...about, contract: appointmentRejectedV1, data: endedDataOf(fact) };
    case 'cancelled':
      return { ...about, contract: appointmentCancelledV1, data: endedDataOf(fact) };
    case 'completed':
      return { ...about, contract: appointmentCompletedV1, data: dataOf(appointment) };
    case 'missed':
      return { ...about, contract: appointmentMissedV1, data: dataOf(appointment) };
    case 'rescheduled':
      return { ...about, contract: appointmentRescheduledV1, data: rescheduledDataOf(fact) };
    case 'reschedule-proposed':
      return { ...about, contract: appointmentRescheduleProposedV1, data: proposedDataOf(fact) };
    case 'reschedule-declined': {
      const data = { ...dataOf(appointment), ...statusOf(appointment) };
      return { ...about, contract: appointmentRescheduleDeclinedV1, data };
    }
    case 'reschedule-lapsed': {
      const data = { ...dataOf(appointment), ...statusOf(appointment) };
      return { ...about, contract: appointmentRescheduleLapsedV1, data };
    }
    case 'doctor-unavailable':
      return { ...about, contract: appointmentDoctorUnavailableV1, data: dataOf(appointment) };
    case 'doctor-available':
      return { ...about, contract: appointmentDoctorAvailableV1, data: dataOf(appointment) };
    case 'expired':
      return { ...about, contract: appointmentExpiredV1, data: dataOf(appointment) };
  }
}

/** As it was told with `sequence`, and what is known of the payment by now. */
export function eventAgainOf(fact: AppointmentFact, sequence: number): OutgoingEvent {
  const { payment } = fact.appointment;
  const { paymentId, status, refunded } = payment;
  const event = eventOf(fact);
  if (paymentId === undefined) return { ...event, sequence };
  const knownPayment = { paymentId, status, sequence: payment.sequence, ...(refunded !== undefined && { refunded }) };
  return { ...event, sequence, data: { ...event.data, knownPayment } };
}

export const planEventOf = ({ doctorId, timeZone, version: sequence, at: time }: PlanFact): OutgoingEvent => ({
  contract: availabilityPlannedV1,
  subject: doctorId,
  sequence,
  data: { doctorId, timeZone },
  ...(time && { time }),
});

export function summaryEventOf(doctorId: string, summary: AvailabilitySummary, sequence: number): OutgoingEvent {
  const { nextAvailableAt, days, modes } = summary;
  const data = {
    doctorId,
    ...(nextAvailableAt && { nextAvailableAt: nextAvailableAt.toISOString() }),
    days: [...days],
    modes: [...modes],
  };
  return { contract: availabilitySummarisedV1, subject: doctorId, sequence, data };
}

@Injectable()
export class Publications extends FactLog {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  append(facts: readonly AppointmentFact[]): Promise<void> {
    return this.outbox.append(facts.map(eventOf));
  }

  planned(plan: PlanFact): Promise<void> {
    return this.outbox.append([planEventOf(plan)]);
  }

  summarised(doctorId: string, summary: AvailabilitySummary, sequence: number): Promise<void> {
    return this.outbox.append([summaryEventOf(doctorId, summary, sequence)]);
  }
}
