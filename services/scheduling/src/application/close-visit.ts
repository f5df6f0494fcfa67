import { Injectable } from '@nestjs/common';
import { AnswerAppointmentHandler } from './answer-appointment.js';

/** Answers that leave it as it is: it was closed, called off or moved meanwhile, or its doctor may see nobody any more. */
const LEFT_AS_IT_IS: ReadonlySet<unknown> = new Set(['not-found', 'invalid-transition', 'too-early', 'not-practising']);

/** Closes the appointment of a visit by video that its doctor has ended: it is completed, or was unsuitable and is called off. */
@Injectable()
export class CloseVisitHandler {
  constructor(private readonly answers: AnswerAppointmentHandler) {}

  async execute(appointmentId: string, doctorId: string, isUnsuitable: boolean): Promise<void> {
    const target = { appointmentId, by: { id: doctorId, role: 'doctor', addressProven: true } } as const;
    try {
      await (isUnsuitable ? this.answers.declineVideo(target) : this.answers.complete(target));
    } catch (error) {
      if (!LEFT_AS_IT_IS.has((error as { code?: unknown }).code)) throw error;
    }
  }
}
