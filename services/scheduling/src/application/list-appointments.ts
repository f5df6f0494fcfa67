import { Injectable } from '@nestjs/common';
import type { AppointmentState, Side } from '../domain/appointment-state.js';
import { type AppointmentFilter, type AppointmentPage, Appointments } from '../domain/appointments.js';

@Injectable()
export class ListAppointmentsHandler {
  constructor(private readonly appointments: Appointments) {}

  /** One's own, by start; up to `page.limit` + 1. */
  list(side: Side, accountId: string, filter: AppointmentFilter, page: AppointmentPage): Promise<AppointmentState[]> {
    return this.appointments.list(side, accountId, filter, page);
  }

  /** @throws NotFound */
  async one(side: Side, accountId: string, id: string): Promise<AppointmentState> {
    const appointment = await (side === 'doctor'
      ? this.appointments.ofDoctor(accountId, id)
      : this.appointments.ofPatient(accountId, id));
    return appointment.state;
  }
}
