import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import type { Appointment } from '../domain/appointment.js';
import type { AppointmentState } from '../domain/appointment-state.js';
import { Appointments } from '../domain/appointments.js';
import { VersionMismatch } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import { Practices, withoutReason } from '../domain/practice.js';
import { changesTime } from '../domain/saved-changes.js';
import { sideOf, visitOf } from './parties.js';
import { Summaries } from './summaries.js';

/** Which appointment is to change, by whom and at which version. */
export interface Target {
  appointmentId: string;
  by: AccountSubject;
  /** Version the caller insists on (`If-Match`). */
  version?: number;
}

/** @param barredSince since when its doctor may see nobody */
type Decide = (appointment: Appointment, now: Date, barredSince: Date | undefined) => void | Promise<void>;

/** Has one of its two sides change an appointment, as far as they may. */
@Injectable()
export class ChangeAppointment {
  constructor(
    private readonly appointments: Appointments,
    private readonly practices: Practices,
    private readonly summaries: Summaries,
    private readonly clock: Clock,
  ) {}

  /** @returns it as whoever changed it may see it @throws NotFound, NotTheirs, VersionMismatch, and whatever `decide` throws */
  async execute(target: Target, action: string, decide: Decide): Promise<AppointmentState> {
    let visit: ReturnType<typeof visitOf> | undefined;
    const changed = await this.appointments.update(
      target.appointmentId,
      async (appointment) => {
        const { doctor, version } = appointment.state;
        const barredSince = await this.practices.barredSince(doctor.id);
        visit = visitOf(appointment.state, barredSince);
        access.expect(target.by, action, 'appointment', visit);
        if (target.version !== undefined && target.version !== version)
          throw new VersionMismatch(`version is ${version}`);
        await decide(appointment, this.clock.now(), barredSince);
      },
      { side: sideOf(target.by), accountId: target.by.id },
    );
    const { state } = changed;
    if (changed.releasesTime || changesTime(changed)) this.summaries.touch(state.doctor.id);
    return access.allows(target.by, 'read-reason', 'appointment', visit!) ? state : withoutReason(state);
  }
}
