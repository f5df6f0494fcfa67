import { Injectable } from '@nestjs/common';
import { type AppointmentNews, Charge } from '../domain/charge.js';
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

  /** Within the transaction of the message: a charge that another writer changed meanwhile repeats the whole. */
  async execute(news: AppointmentNews): Promise<void> {
    const now = this.clock.now();
    const charge = await this.charges.ofAppointment(news.appointmentId);
    if (!charge) {
      await this.charges.add(Charge.open(this.ids.next(), news, now));
      return;
    }
    if (charge.follow(news, now)) await this.charges.save(charge);
  }
}
