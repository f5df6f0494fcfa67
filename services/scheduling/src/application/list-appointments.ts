import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import type { AppointmentState } from '../domain/appointment-state.js';
import { type AppointmentFilter, AppointmentLists, type AppointmentPage } from '../domain/appointment-lists.js';
import { Appointments } from '../domain/appointments.js';
import { Practices, withoutReason } from '../domain/practice.js';
import { partiesOf, sideOf } from './parties.js';

@Injectable()
export class ListAppointmentsHandler {
  constructor(
    private readonly appointments: Appointments,
    private readonly lists: AppointmentLists,
    private readonly practices: Practices,
  ) {}

  /** One's own, by start; up to `page.limit` + 1. */
  async list(by: AccountSubject, filter: AppointmentFilter, page: AppointmentPage): Promise<AppointmentState[]> {
    const [states, mayKnow] = await Promise.all([
      this.lists.page(sideOf(by), by.id, filter, page),
      this.mayKnowReasons(by),
    ]);
    return mayKnow ? states : states.map(withoutReason);
  }

  /** @throws NotFound */
  async one(by: AccountSubject, id: string): Promise<AppointmentState> {
    const [{ state }, mayKnow] = await Promise.all([
      by.role === 'doctor' ? this.appointments.ofDoctor(by.id, id) : this.appointments.ofPatient(by.id, id),
      this.mayKnowReasons(by),
    ]);
    access.expect(by, 'read', 'appointment', partiesOf(state));
    return mayKnow ? state : withoutReason(state);
  }

  private async mayKnowReasons({ role, id }: AccountSubject): Promise<boolean> {
    return role === 'patient' || (await this.practices.barredSince(id)) === undefined;
  }
}
