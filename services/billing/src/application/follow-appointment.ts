import { Injectable } from '@nestjs/common';
import type { AppointmentNews } from '../domain/appointment-news.js';
import { Charge } from '../domain/charge.js';
import { Charges } from '../domain/charges.js';
import { Clock, Ids } from '../domain/ports.js';

/** Keeps each appointment's charge in step with scheduling; the money itself follows once that is saved. */
@Injectable()
export class FollowAppointmentHandler {
  constructor(
    private readonly charges: Charges,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** Within the transaction of the messages: a charge that another writer changed meanwhile repeats the whole. */
  async execute(all: readonly AppointmentNews[]): Promise<void> {
    const now = this.clock.now();
    const known = await this.known([...new Set(all.map(({ appointmentId }) => appointmentId))]);
    const opened = new Map<string, Charge>();
    const followed = new Map<Charge, AppointmentNews[]>();
    for (const news of all) {
      const charge = known.get(news.appointmentId);
      if (charge) followed.set(charge, [...(followed.get(charge) ?? []), news]);
      else if (opened.has(news.appointmentId)) opened.get(news.appointmentId)!.follow(news, now);
      else opened.set(news.appointmentId, Charge.open(this.ids.next(), news, now));
    }
    await this.charges.addAll([...opened.values()]);
    for (const [charge, news] of followed)
      await this.charges.update(charge.state.id, (current) => news.forEach((one) => current.follow(one, now)), charge);
  }

  /** What this process has just set money aside for is not read again: its request follows at once. */
  private async known(appointmentIds: readonly string[]): Promise<ReadonlyMap<string, Charge>> {
    const recent = new Map<string, Charge>();
    for (const id of appointmentIds) {
      const charge = this.charges.lastSaved(id);
      if (charge?.state.status === 'authorised') recent.set(id, charge);
    }
    const others = appointmentIds.filter((id) => !recent.has(id));
    return others.length > 0 ? new Map([...recent, ...(await this.charges.ofAppointments(others))]) : recent;
  }
}
