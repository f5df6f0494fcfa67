import { Injectable } from '@nestjs/common';
import { Appointments, type ClaimedAppointments } from '../domain/appointments.js';
import { Clock } from '../domain/ports.js';
import { each } from './each.js';
import { Summaries } from './summaries.js';

const BATCH = 50;
/** Past it another replica may try: whoever comes second finds it expired. */
const LEASE_MS = 15_000;

/** Requests and proposals that nobody answered in time lapse, and holds that nobody paid; one replica does it for each. */
@Injectable()
export class ExpireRequestsHandler {
  constructor(
    private readonly appointments: Appointments,
    private readonly summaries: Summaries,
    private readonly clock: Clock,
  ) {}

  /** @returns when the next request begins that nobody has answered yet */
  expireUnanswered(): Promise<Date | undefined> {
    return this.expire((now, until) => this.appointments.claimUnanswered(now, until, BATCH));
  }

  /** Their slots are free from their end on in any case. @returns when the next hold ends */
  expireHolds(): Promise<Date | undefined> {
    return this.expire((now, until) => this.appointments.claimLapsedHolds(now, until, BATCH));
  }

  /** The time that was proposed is free from then on in any case. @returns when the next proposal lapses */
  expireProposals(): Promise<Date | undefined> {
    return this.expire((now, until) => this.appointments.claimLapsedProposals(now, until, BATCH));
  }

  private async expire(claim: (now: Date, until: Date) => Promise<ClaimedAppointments>): Promise<Date | undefined> {
    const now = this.clock.now();
    const { appointments, next } = await claim(now, new Date(now.getTime() + LEASE_MS));
    await each(appointments, async ({ state: { id, doctor, proposal } }) => {
      const { releasesTime } = await this.appointments.update(id, (appointment) => appointment.expireIfOver(now));
      if (releasesTime || proposal) this.summaries.touch(doctor.id);
    });
    return next;
  }
}
