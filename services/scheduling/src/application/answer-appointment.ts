import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import type { Appointment } from '../domain/appointment.js';
import type { AppointmentState } from '../domain/appointment-state.js';
import { Appointments } from '../domain/appointments.js';
import { VersionMismatch } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import { Practices, withoutReason } from '../domain/practice.js';
import { sideOf, visitOf } from './parties.js';
import { Summaries } from './summaries.js';

/** Which appointment is to change, by whom and at which version. */
export interface Target {
  appointmentId: string;
  by: AccountSubject;
  /** Version the caller insists on (`If-Match`). */
  version?: number;
}

/** Every step after booking. */
@Injectable()
export class AnswerAppointmentHandler {
  constructor(
    private readonly appointments: Appointments,
    private readonly practices: Practices,
    private readonly summaries: Summaries,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, NotPractising, InvalidTransition, VersionMismatch */
  accept = (target: Target) => this.change(target, 'accept', (appointment, now) => appointment.accept(now));

  /** @throws NotFound, InvalidTransition, VersionMismatch */
  reject = (target: Target, reason: string) =>
    this.change(target, 'reject', (appointment, now) => appointment.reject(reason, now));

  /** @throws NotFound, InvalidTransition, TooLate, VersionMismatch */
  cancel = (target: Target, reason: string | null) =>
    this.change(target, 'cancel', (appointment, now, barredSince) =>
      appointment.cancel(sideOf(target.by), reason, now, barredSince !== undefined),
    );

  /** @throws NotFound, NotPractising, InvalidTransition, TooEarly, VersionMismatch */
  complete = (target: Target) => this.change(target, 'complete', (appointment, now) => appointment.complete(now));

  /** @throws NotFound, NotPractising, InvalidTransition, TooEarly, VersionMismatch */
  miss = (target: Target) => this.change(target, 'mark-missed', (appointment, now) => appointment.miss(now));

  private async change(
    target: Target,
    action: string,
    decide: (appointment: Appointment, now: Date, barredSince: Date | undefined) => void,
  ): Promise<AppointmentState> {
    let visit: ReturnType<typeof visitOf> | undefined;
    const { state, releasesTime } = await this.appointments.update(
      target.appointmentId,
      async (appointment) => {
        const { doctor, version } = appointment.state;
        const barredSince = await this.practices.barredSince(doctor.id);
        visit = visitOf(appointment.state, barredSince);
        access.expect(target.by, action, 'appointment', visit);
        if (target.version !== undefined && target.version !== version)
          throw new VersionMismatch(`version is ${version}`);
        decide(appointment, this.clock.now(), barredSince);
      },
      { side: sideOf(target.by), accountId: target.by.id },
    );
    if (releasesTime) this.summaries.touch(state.doctor.id);
    return access.allows(target.by, 'read-reason', 'appointment', visit!) ? state : withoutReason(state);
  }
}
