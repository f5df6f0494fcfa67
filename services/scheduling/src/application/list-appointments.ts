import { Injectable } from '@nestjs/common';
import type { AppointmentState, Side } from '../domain/appointment-state.js';
import { type AppointmentFilter, AppointmentLists, type AppointmentPage } from '../domain/appointment-lists.js';
import { Appointments } from '../domain/appointments.js';
import { Practices, withoutReason } from '../domain/practice.js';

@Injectable()
export class ListAppointmentsHandler {
  constructor(
    private readonly appointments: Appointments,
    private readonly lists: AppointmentLists,
    private readonly practices: Practices,
  ) {}

  /** One's own, by start; up to `page.limit` + 1. */
  async list(
    side: Side,
    accountId: string,
    filter: AppointmentFilter,
    page: AppointmentPage,
  ): Promise<AppointmentState[]> {
    const [states, mayKnow] = await Promise.all([
      this.lists.page(side, accountId, filter, page),
      this.mayKnowReasons(side, accountId),
    ]);
    return mayKnow ? states : states.map(withoutReason);
  }

  /** @throws NotFound */
  async one(side: Side, accountId: string, id: string): Promise<AppointmentState> {
    const [{ state }, mayKnow] = await Promise.all([
      side === 'doctor' ? this.appointments.ofDoctor(accountId, id) : this.appointments.ofPatient(accountId, id),
      this.mayKnowReasons(side, accountId),
    ]);
    return mayKnow ? state : withoutReason(state);
  }

  private async mayKnowReasons(side: Side, accountId: string): Promise<boolean> {
    return side === 'patient' || (await this.practices.barredSince(accountId)) === undefined;
  }
}
