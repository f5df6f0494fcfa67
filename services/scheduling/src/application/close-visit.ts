import { Injectable } from '@nestjs/common';
import { AnswerAppointmentHandler } from './answer-appointment.js';

/** Answers that leave it as it is: it was closed, called off or moved meanwhile, or its doctor may see nobody any more. */
const LEFT_AS_IT_IS: ReadonlySet<unknown> = new Set(['not-found', 'invalid-transition', 'too-early', 'not-practising']);

/** Completes the appointment of a visit by video that its doctor has ended. */
@Injectable()
export class CloseVisitHandler {
  constructor(private readonly answers: AnswerAppointmentHandler) {}

  async execute(appointmentId: string, doctorId: string): Promise<void> {
    try {
      await this.answers.complete({ appointmentId, by: { id: doctorId, role: 'doctor', addressProven: true } });
    } catch (error) {
      if (!LEFT_AS_IT_IS.has((error as { code?: unknown }).code)) throw error;
    }
  }
}
