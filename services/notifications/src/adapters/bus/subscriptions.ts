import { Controller } from '@nestjs/common';
import {
  type AppointmentAcceptedV1,
  appointmentAcceptedV1,
  type AppointmentCancelledV1,
  appointmentCancelledV1,
  type AppointmentCompletedV1,
  appointmentCompletedV1,
  type AppointmentData,
  type AppointmentDoctorAvailableV1,
  appointmentDoctorAvailableV1,
  type AppointmentDoctorUnavailableV1,
  appointmentDoctorUnavailableV1,
  type AppointmentExpiredV1,
  appointmentExpiredV1,
  type AppointmentHoldLostV1,
  appointmentHoldLostV1,
  type AppointmentMissedV1,
  appointmentMissedV1,
  type AppointmentRejectedV1,
  appointmentRejectedV1,
  type AppointmentRequestedV1,
  appointmentRequestedV1,
  type AppointmentRescheduleDeclinedV1,
  appointmentRescheduleDeclinedV1,
  type AppointmentRescheduleLapsedV1,
  appointmentRescheduleLapsedV1,
  type AppointmentRescheduledV1,
  appointmentRescheduledV1,
  type AppointmentRescheduleProposedV1,
  appointmentRescheduleProposedV1,
  type EndedAppointmentData,
  type ReviewAnsweredV1,
  reviewAnsweredV1,
  type ReviewHiddenV1,
  reviewHiddenV1,
  type ReviewInvitedV1,
  reviewInvitedV1,
  type ReviewSubmittedV1,
  reviewSubmittedV1,
} from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { peopleSubscriptions } from '@medflow/people/bus';
import { NotifyHandler } from '../../application/notify.js';
import type { AppointmentNews, Kind } from '../../domain/notification.js';
import { ToldAgain } from './told-again.js';

const appointments = { queue: 'notifications.appointments', dedupe: 'inbox' } as const;
const feedback = { queue: 'notifications.feedback', dedupe: 'inbox' } as const;

/** What every fact says of its appointment; facts about reviews leave the start to scheduling. */
type About = Pick<AppointmentData, 'appointmentId' | 'doctorId' | 'patientId'> & { startsAt?: string };

const saidBy = ({ by, reason }: EndedAppointmentData) => ({ by, ...(reason !== undefined && { reason }) });

/** The doctor cannot be told of the end of what they never heard of. */
const unheard = ({ announced }: AppointmentData) => (announced === false ? ({ variant: 'unpaid' } as const) : {});

/** Neither side wished it. */
const causeOf = ({ because }: EndedAppointmentData) => (because ? ({ variant: because } as const) : {});

export const PeopleSubscriptions = peopleSubscriptions('notifications');

@Controller()
export class Subscriptions {
  constructor(
    private readonly notify: NotifyHandler,
    private readonly again: ToldAgain,
  ) {}

  @Subscribe(appointmentRequestedV1, appointments)
  async requested(data: AppointmentRequestedV1, event: EventEnvelope<AppointmentRequestedV1>) {
    await this.notifyAbout('appointment-requested', data, event);
  }

  @Subscribe(appointmentAcceptedV1, appointments)
  async accepted(data: AppointmentAcceptedV1, event: EventEnvelope<AppointmentAcceptedV1>) {
    const { amount, currency } = data.price;
    const due = data.payment !== 'at-booking' && amount > 0;
    await this.notifyAbout(
      'appointment-accepted',
      data,
      event,
      due ? { variant: 'due', amount: { amount, currency } } : {},
    );
  }

  @Subscribe(appointmentRejectedV1, appointments)
  async rejected(data: AppointmentRejectedV1, event: EventEnvelope<AppointmentRejectedV1>) {
    await this.notifyAbout('appointment-rejected', data, event, saidBy(data));
  }

  @Subscribe(appointmentCancelledV1, appointments)
  async cancelled(data: AppointmentCancelledV1, event: EventEnvelope<AppointmentCancelledV1>) {
    await this.notifyAbout('appointment-cancelled', data, event, {
      ...saidBy(data),
      ...unheard(data),
      ...causeOf(data),
    });
  }

  @Subscribe(appointmentCompletedV1, appointments)
  async completed(data: AppointmentCompletedV1, event: EventEnvelope<AppointmentCompletedV1>) {
    await this.notifyAbout('appointment-completed', data, event);
  }

  @Subscribe(appointmentMissedV1, appointments)
  async missed(data: AppointmentMissedV1, event: EventEnvelope<AppointmentMissedV1>) {
    await this.notifyAbout('appointment-missed', data, event);
  }

  @Subscribe(appointmentExpiredV1, appointments)
  async expired(data: AppointmentExpiredV1, event: EventEnvelope<AppointmentExpiredV1>) {
    await this.notifyAbout('appointment-expired', data, event, unheard(data));
  }

  @Subscribe(appointmentRescheduledV1, appointments)
  async rescheduled(data: AppointmentRescheduledV1, event: EventEnvelope<AppointmentRescheduledV1>) {
    const { by, status } = data;
    await this.notifyAbout('appointment-rescheduled', data, event, {
      by,
      ...(status === 'requested' && { variant: 'unanswered' }),
    });
  }

  /** Of the time that is proposed. */
  @Subscribe(appointmentRescheduleProposedV1, appointments)
  async proposed(data: AppointmentRescheduleProposedV1, event: EventEnvelope<AppointmentRescheduleProposedV1>) {
    const { startsAt } = data.proposal;
    await this.notifyAbout('appointment-reschedule-proposed', { ...data, startsAt }, event, { by: 'doctor' });
  }

  @Subscribe(appointmentRescheduleDeclinedV1, appointments)
  async declined(data: AppointmentRescheduleDeclinedV1, event: EventEnvelope<AppointmentRescheduleDeclinedV1>) {
    await this.notifyAbout('appointment-reschedule-declined', data, event, { by: 'patient' });
  }

  @Subscribe(appointmentRescheduleLapsedV1, appointments)
  async lapsed(data: AppointmentRescheduleLapsedV1, event: EventEnvelope<AppointmentRescheduleLapsedV1>) {
    await this.notifyAbout('appointment-reschedule-lapsed', data, event);
  }

  @Subscribe(appointmentHoldLostV1, appointments)
  async holdLost(data: AppointmentHoldLostV1, event: EventEnvelope<AppointmentHoldLostV1>) {
    await this.notifyAbout('appointment-hold-lost', data, event);
  }

  @Subscribe(appointmentDoctorUnavailableV1, appointments)
  async doctorUnavailable(data: AppointmentDoctorUnavailableV1, event: EventEnvelope<AppointmentDoctorUnavailableV1>) {
    await this.notifyAbout('appointment-doctor-unavailable', data, event);
  }

  @Subscribe(appointmentDoctorAvailableV1, appointments)
  async doctorAvailable(data: AppointmentDoctorAvailableV1, event: EventEnvelope<AppointmentDoctorAvailableV1>) {
    await this.notifyAbout('appointment-doctor-available', data, event);
  }

  @Subscribe(reviewInvitedV1, feedback)
  async reviewInvited(data: ReviewInvitedV1, event: EventEnvelope<ReviewInvitedV1>) {
    await this.notifyAbout('review-invited', data, event);
  }

  /** What a patient edits is no news to the doctor. */
  @Subscribe(reviewSubmittedV1, feedback)
  async reviewSubmitted(data: ReviewSubmittedV1, event: EventEnvelope<ReviewSubmittedV1>) {
    if (event.sequence === 1) await this.notifyAbout('review-submitted', data, event);
  }

  @Subscribe(reviewAnsweredV1, feedback)
  async reviewAnswered(data: ReviewAnsweredV1, event: EventEnvelope<ReviewAnsweredV1>) {
    await this.notifyAbout('review-answered', data, event);
  }

  @Subscribe(reviewHiddenV1, feedback)
  async reviewHidden(data: ReviewHiddenV1, event: EventEnvelope<ReviewHiddenV1>) {
    await this.notifyAbout('review-hidden', data, event);
  }

  private async notifyAbout(
    kind: Kind,
    { appointmentId, doctorId, patientId, startsAt }: About,
    event: EventEnvelope<object>,
    { by, reason, variant, amount }: Pick<Partial<AppointmentNews>, 'by' | 'reason' | 'variant' | 'amount'> = {},
  ): Promise<void> {
    await this.notify.appointment({
      ...(await this.again.originOf(event)),
      kind,
      appointmentId,
      doctorId,
      patientId,
      startsAt: startsAt === undefined ? null : new Date(startsAt),
      ...(by !== undefined && { by }),
      ...(reason !== undefined && { reason }),
      ...(variant && { variant }),
      ...(amount && { amount }),
    });
  }
}
