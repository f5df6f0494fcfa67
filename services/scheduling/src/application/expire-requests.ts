import { Injectable } from '@nestjs/common';
import type { Appointment } from '../domain/appointment.js';
import { Appointments } from '../domain/appointments.js';
import { Clock } from '../domain/ports.js';
import { each } from './each.js';
import { Summaries } from './summaries.js';

const BATCH = 100;

/** Requests that nobody answered before their start lapse, and holds that nobody paid. */
@Injectable()
export class ExpireRequestsHandler {
  constructor(
    private readonly appointments: Appointments,
    private readonly summaries: Summaries,
    private readonly clock: Clock,
  ) {}

  /** @returns whether there may be more */
  async execute(): Promise<boolean> {
    const now = this.clock.now();
    const over = await this.appointments.unanswered(now, BATCH);
    await this.expire(over, now);
    return over.length === BATCH;
  }

  /** Their slots are free from their end on in any case. @returns when the next hold ends */
  async lapseHolds(): Promise<Date | undefined> {
    const now = this.clock.now();
    await this.expire(await this.appointments.lapsedHolds(now, BATCH), now);
    return this.appointments.nextHoldEnd();
  }

  private expire(over: readonly Appointment[], now: Date): Promise<void> {
    return each(over, async ({ state: { id, doctor } }) => {
      const { releasesTime } = await this.appointments.update(id, (appointment) => appointment.expireIfOver(now));
      if (releasesTime) this.summaries.touch(doctor.id);
    });
  }
}
