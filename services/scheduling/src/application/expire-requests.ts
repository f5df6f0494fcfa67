import { Injectable } from '@nestjs/common';
import type { Appointment } from '../domain/appointment.js';
import { Appointments } from '../domain/appointments.js';
import { ConcurrentChange } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
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

  /** How many lapsed. */
  async execute(): Promise<number> {
    const now = this.clock.now();
    return this.expire(await this.appointments.unanswered(now, BATCH), now);
  }

  /** How many holds lapsed; their slots are free from that moment in any case. */
  async lapseHolds(): Promise<number> {
    const now = this.clock.now();
    return this.expire(await this.appointments.lapsedHolds(now, BATCH), now);
  }

  private async expire(over: Appointment[], now: Date): Promise<number> {
    for (const appointment of over) {
      appointment.expire(now);
      try {
        await this.appointments.save(appointment);
        this.summaries.touch(appointment.state.doctor.id);
      } catch (error) {
        // Answered, paid, or expired by another replica, at this very moment: theirs stands.
        if (!(error instanceof ConcurrentChange)) throw error;
      }
    }
    return over.length;
  }
}
