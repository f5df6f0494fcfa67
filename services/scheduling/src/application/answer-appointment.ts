import { Injectable } from '@nestjs/common';
import type { ExaminationSaid } from '../domain/examination.js';
import { ChangeAppointment, type Target } from './change-appointment.js';
import { sideOf } from './parties.js';

/** Every step after booking at the time that was booked. */
@Injectable()
export class AnswerAppointmentHandler {
  constructor(private readonly changes: ChangeAppointment) {}

  /** @throws NotFound, NotPractising, InvalidTransition, ExaminationUnconfirmed, VersionMismatch */
  accept = (target: Target, said: ExaminationSaid = {}) =>
    this.changes.execute(target, 'accept', (appointment, now) => appointment.accept(now, said));

  /** @throws NotFound, InvalidTransition, VersionMismatch */
  reject = (target: Target, reason: string) =>
    this.changes.execute(target, 'reject', (appointment, now) => appointment.reject(reason, now));

  /** @throws NotFound, InvalidTransition, TooLate, VersionMismatch */
  cancel = (target: Target, reason: string | null) =>
    this.changes.execute(target, 'cancel', (appointment, now, barredSince) =>
      appointment.cancel(sideOf(target.by), reason, now, barredSince !== undefined),
    );

  /** @throws NotFound, InvalidTransition, TooEarly, VersionMismatch */
  declineVideo = (target: Target) =>
    this.changes.execute(target, 'cancel', (appointment, now) => appointment.declineVideo(now));

  /** @throws NotFound, NotPractising, InvalidTransition, TooEarly, VersionMismatch */
  complete = (target: Target) =>
    this.changes.execute(target, 'complete', (appointment, now) => appointment.complete(now));

  /** @throws NotFound, NotPractising, InvalidTransition, TooEarly, VersionMismatch */
  miss = (target: Target) => this.changes.execute(target, 'mark-missed', (appointment, now) => appointment.miss(now));
}
