import { Injectable } from '@nestjs/common';
import type { Appointment } from '../domain/appointment.js';
import { Appointments } from '../domain/appointments.js';
import { ConcurrentChange, InvalidTransition } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import { type PracticeChange, Practices } from '../domain/practice.js';
import { minutesAfter } from '../domain/values.js';
import { each } from './each.js';
import { Summaries } from './summaries.js';

const DOCTORS = 20;
/** Past it another replica may look: what the first has done already is done. */
const LEASE_MINUTES = 1;
const BATCH = 100;
/** What was being booked while the doctor was barred is there by then. */
const SECOND_LOOK_MINUTES = 1;

/**
 * Appointments of a doctor who may see nobody: what is merely held or asked for is called off, what is accepted is for the
 * patient to move or call off, until the visit would begin. May the doctor see patients again, they stand as before.
 */
@Injectable()
export class SettlePracticeHandler {
  constructor(
    private readonly practices: Practices,
    private readonly appointments: Appointments,
    private readonly summaries: Summaries,
    private readonly clock: Clock,
  ) {}

  /** @returns when there is more to look at */
  async execute(): Promise<Date | undefined> {
    const now = this.clock.now();
    const { changes, next } = await this.practices.claim(now, minutesAfter(now, LEASE_MINUTES), DOCTORS);
    const dates = next ? [next] : [];
    await each(changes, async (change) => {
      const again = await this.lookAt(change, now);
      if (again) dates.push(again);
    });
    return dates.sort((a, b) => a.getTime() - b.getTime())[0];
  }

  private async lookAt(change: PracticeChange, now: Date): Promise<Date | undefined> {
    try {
      const next = await this.settle(change, now);
      await this.practices.settled(change, next);
      return next;
    } catch (error) {
      // Where not even that can be written, its lease ends.
      await this.practices.settled(change, now).catch(() => undefined);
      throw error;
    }
  }

  /** When to look again. */
  private async settle(change: PracticeChange, now: Date): Promise<Date | undefined> {
    const { doctorId, barredSince, since } = change;
    if (!since) return undefined;
    let found: Appointment[];
    do {
      found = await this.practices.misfits(change, now, BATCH);
      // Where somebody else was faster, it is looked at as it is then.
      if ((await this.follow(found, change, now)) > 0) return now;
    } while (found.length === BATCH);
    if (!barredSince) return undefined;
    const second = minutesAfter(barredSince, SECOND_LOOK_MINUTES);
    return second > now ? second : this.practices.nextWithoutDoctor(doctorId, now);
  }

  /** How many others were faster with. */
  private async follow(found: readonly Appointment[], { barredSince, searchFor }: PracticeChange, now: Date) {
    let others = 0;
    await each(found, async ({ state: { id } }) => {
      try {
        await this.appointments.update(id, (appointment) => {
          if (barredSince) appointment.loseDoctor(searchFor, now);
          else appointment.regainDoctor(now);
        });
      } catch (error) {
        if (!(error instanceof InvalidTransition || error instanceof ConcurrentChange)) throw error;
        others += 1;
      }
    });
    if (found.length > others) this.summaries.touch(found[0]!.state.doctor.id);
    return others;
  }
}
