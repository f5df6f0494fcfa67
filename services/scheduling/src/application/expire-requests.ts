import { Injectable } from '@nestjs/common';
import { Appointments } from '../domain/appointments.js';
import { ConcurrentChange } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';

const BATCH = 100;

/** Requests that nobody answered before their start lapse. */
@Injectable()
export class ExpireRequestsHandler {
  constructor(
    private readonly appointments: Appointments,
    private readonly clock: Clock,
  ) {}

  /** How many lapsed. */
  async execute(): Promise<number> {
    const now = this.clock.now();
    const unanswered = await this.appointments.unanswered(now, BATCH);
    for (const appointment of unanswered) {
      appointment.expire(now);
      await this.appointments.save(appointment).catch((error: unknown) => {
        // Answered, or expired by another replica, at this very moment: theirs stands.
        if (!(error instanceof ConcurrentChange)) throw error;
      });
    }
    return unanswered.length;
  }
}
