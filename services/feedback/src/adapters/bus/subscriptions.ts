import { Controller } from '@nestjs/common';
import { type AppointmentCompletedV1, appointmentCompletedV1 } from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { peopleAndPlansSubscriptions } from '@medflow/people/bus';
import { FollowVisitsHandler } from '../../application/follow-visits.js';

const appointments = { queue: 'feedback.appointments', dedupe: 'sequence' } as const;

export const PeopleSubscriptions = peopleAndPlansSubscriptions('feedback');

@Controller()
export class Subscriptions {
  constructor(private readonly visits: FollowVisitsHandler) {}

  /** Nothing comes after it: whoever had the visit may rate it from now on. */
  @Subscribe(appointmentCompletedV1, appointments)
  async completed(
    { appointmentId, doctorId, patientId, startsAt }: AppointmentCompletedV1,
    { sequence, time, replayed }: EventEnvelope<AppointmentCompletedV1>,
  ) {
    const visit = { appointmentId, doctorId, patientId, startsAt: new Date(startsAt), sequence };
    await this.visits.execute({ ...visit, status: 'completed' }, new Date(time), replayed);
  }
}
