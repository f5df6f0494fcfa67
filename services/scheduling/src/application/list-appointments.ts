import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import type { AppointmentState } from '../domain/appointment-state.js';
import { type AppointmentFilter, AppointmentLists, type AppointmentPage } from '../domain/appointment-lists.js';
import { Appointments } from '../domain/appointments.js';
import { Practices, withoutReason } from '../domain/practice.js';
import { sideOf, visitOf } from './parties.js';

@Injectable()
export class ListAppointmentsHandler {
  constructor(
    private readonly appointments: Appointments,
    private readonly lists: AppointmentLists,
    private readonly practices: Practices,
  ) {}

  /** One's own, by start; up to `page.limit` + 1. */
  async list(by: AccountSubject, filter: AppointmentFilter, page: AppointmentPage): Promise<AppointmentState[]> {
    const [states, barredSince] = await Promise.all([
      this.lists.page(sideOf(by), by.id, filter, page),
      this.barredSince(by),
    ]);
    return states.map((state) => this.asFarAsAllowed(by, state, barredSince));
  }

  /** @throws NotFound, NotTheirs */
  async one(by: AccountSubject, id: string): Promise<AppointmentState> {
    const [{ state }, barredSince] = await Promise.all([
      this.appointments.ofOwner({ side: sideOf(by), accountId: by.id }, id),
      this.barredSince(by),
    ]);
    access.expect(by, 'read', 'appointment', visitOf(state, barredSince));
    return this.asFarAsAllowed(by, state, barredSince);
  }

  private asFarAsAllowed(by: AccountSubject, state: AppointmentState, barredSince: Date | undefined): AppointmentState {
    const mayKnow = access.allows(by, 'read-reason', 'appointment', visitOf(state, barredSince));
    return mayKnow ? state : withoutReason(state);
  }

  /** Whether the doctor practises is asked only where a doctor reads. */
  private async barredSince({ role, id }: AccountSubject): Promise<Date | undefined> {
    return role === 'doctor' ? this.practices.barredSince(id) : undefined;
  }
}
