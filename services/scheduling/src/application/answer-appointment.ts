import { Injectable } from '@nestjs/common';
import type { Appointment } from '../domain/appointment.js';
import type { AppointmentState, Side } from '../domain/appointment-state.js';
import { Appointments } from '../domain/appointments.js';
import { ConcurrentChange, VersionMismatch } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import { expectPractisedAt, expectPractising, Practices, withoutReason } from '../domain/practice.js';
import { Summaries } from './summaries.js';

/** Whose appointment it is, by whom and at which version it is to change. */
export interface Target {
  appointmentId: string;
  accountId: string;
  side: Side;
  /** Version the caller insists on (`If-Match`). */
  version?: number;
}

const ATTEMPTS = 5;

/** Every step after booking: load, decide, save; decided again when another writer was faster. */
@Injectable()
export class AnswerAppointmentHandler {
  constructor(
    private readonly appointments: Appointments,
    private readonly practices: Practices,
    private readonly summaries: Summaries,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, NotPractising, InvalidTransition, VersionMismatch */
  accept = (target: Target) =>
    this.change(target, (appointment, now, barredSince) => {
      expectPractising(barredSince);
      appointment.accept(now);
    });

  /** @throws NotFound, InvalidTransition, VersionMismatch */
  reject = (target: Target, reason: string) =>
    this.change(target, (appointment, now) => appointment.reject(reason, now));

  /** @throws NotFound, InvalidTransition, TooLate, VersionMismatch */
  cancel = (target: Target, reason: string | null) =>
    this.change(target, (appointment, now, barredSince) =>
      appointment.cancel(target.side, reason, now, barredSince !== undefined),
    );

  /** @throws NotFound, NotPractising, InvalidTransition, TooEarly, VersionMismatch */
  complete = (target: Target) =>
    this.change(target, (appointment, now, barredSince) => {
      expectPractisedAt(appointment.state.startsAt, barredSince);
      appointment.complete(now);
    });

  /** @throws NotFound, NotPractising, InvalidTransition, TooEarly, VersionMismatch */
  miss = (target: Target) =>
    this.change(target, (appointment, now, barredSince) => {
      expectPractisedAt(appointment.state.startsAt, barredSince);
      appointment.miss(now);
    });

  private async change(
    target: Target,
    decide: (appointment: Appointment, now: Date, barredSince: Date | undefined) => void,
  ): Promise<AppointmentState> {
    for (let attempt = 1; ; attempt += 1) {
      const appointment = await this.load(target);
      const barredSince = await this.practices.barredSince(appointment.state.doctor.id);
      if (target.version !== undefined && target.version !== appointment.state.version) {
        throw new VersionMismatch(`version is ${appointment.state.version}`);
      }
      decide(appointment, this.clock.now(), barredSince);
      try {
        await this.appointments.save(appointment);
      } catch (error) {
        if (error instanceof ConcurrentChange && attempt < ATTEMPTS) continue;
        throw error;
      }
      if (appointment.releasesTime) this.summaries.touch(appointment.state.doctor.id);
      return target.side === 'doctor' && barredSince ? withoutReason(appointment.state) : appointment.state;
    }
  }

  private load({ side, accountId, appointmentId }: Target): Promise<Appointment> {
    return side === 'doctor'
      ? this.appointments.ofDoctor(accountId, appointmentId)
      : this.appointments.ofPatient(accountId, appointmentId);
  }
}
