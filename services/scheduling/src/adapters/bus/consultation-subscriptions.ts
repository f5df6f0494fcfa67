import { Controller } from '@nestjs/common';
import { type ConsultationFinishedV1, consultationFinishedV1 } from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { CloseVisitHandler } from '../../application/close-visit.js';

/** An appointment that is closed already stays as it is: nothing is to be remembered. */
const consultations = { queue: 'scheduling.consultations', dedupe: 'none' } as const;

@Controller()
export class ConsultationSubscriptions {
  constructor(private readonly visits: CloseVisitHandler) {}

  /** Whoever never met has had no visit: the doctor says what became of it, if they have not by judging it unsuitable. */
  @Subscribe(consultationFinishedV1, consultations)
  async finished(
    { appointmentId, doctorId, startedAt, unsuitable }: ConsultationFinishedV1,
    _: EventEnvelope<ConsultationFinishedV1>,
  ) {
    const isUnsuitable = unsuitable === true;
    if (isUnsuitable || startedAt !== undefined) await this.visits.execute(appointmentId, doctorId, isUnsuitable);
  }
}
