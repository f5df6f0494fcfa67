import { Injectable } from '@nestjs/common';
import { type AvailabilitySummary, dueAfter, dueAfterChange, retryAfter } from '../domain/availability-summary.js';
import { Clock } from '../domain/ports.js';
import { type SummaryTurn, SummaryWork } from '../domain/summary-work.js';
import { DAY_MS, HOUR_MS, minutesAfter } from '../domain/values.js';
import { each } from './each.js';
import { FindSlotsHandler } from './find-slots.js';

/** The directory looks this far ahead. */
const SUMMARY_DAYS = 60;
const BATCH = 50;
/** Longer than a batch takes. */
const LEASE_MINUTES = 1;
/** An earlier release may still be publishing doctors while this one starts. */
const ADOPT_EVERY_MS = HOUR_MS;

/**
 * Keeps the directory's view of each doctor's free time. Bookings only touch a doctor; the summary follows within
 * seconds, once for many bookings, by whichever replica comes to it. A touch that is lost with its process is made good
 * when the summary grows old.
 */
@Injectable()
export class Summaries {
  private adoptedAt = -Infinity;

  constructor(
    private readonly work: SummaryWork,
    private readonly slots: FindSlotsHandler,
    private readonly clock: Clock,
  ) {}

  /** @param listener is told of every touch */
  whenTouched(listener: () => void): void {
    this.work.whenTouched(listener);
  }

  touch(doctorId: string): void {
    this.work.touch(doctorId);
  }

  /** Puts those that were touched on the list of all replicas. @returns whether there were any */
  noteTouched(): Promise<boolean> {
    return this.work.noteTouched(dueAfterChange(this.clock.now()));
  }

  /** Makes some of the summaries that are due. @returns when the next one is */
  async refresh(): Promise<Date | undefined> {
    const now = this.clock.now();
    await this.adopt(now);
    const { turns, next } = await this.work.claim(now, minutesAfter(now, LEASE_MINUTES), BATCH);
    await each(turns, (turn) => this.refreshOne(turn));
    return next;
  }

  private async adopt(now: Date): Promise<void> {
    if (now.getTime() - this.adoptedAt < ADOPT_EVERY_MS) return;
    await this.work.adopt(now);
    this.adoptedAt = now.getTime();
  }

  private async refreshOne(turn: SummaryTurn): Promise<void> {
    if (!turn.doctor.published) return this.work.drop(turn);
    const now = this.clock.now();
    try {
      const summary = await this.summaryOf(turn, now);
      await this.work.keep(turn, summary, now, dueAfter(summary, now, Math.random()));
    } catch (error) {
      // Where not even that can be written, it is due again as soon as it can.
      await this.work.postpone(turn, retryAfter(turn.attempts, now)).catch(() => this.work.touch(turn.doctor.id));
      throw error;
    }
  }

  private async summaryOf({ doctor }: SummaryTurn, now: Date): Promise<AvailabilitySummary> {
    const until = new Date(now.getTime() + SUMMARY_DAYS * DAY_MS);
    const free = await this.slots.firstOfDays(doctor.availability, now, until, now);
    const [next] = free.values();
    return {
      nextAvailableAt: next?.startsAt ?? null,
      days: [...free.keys()],
      modes: doctor.availability.modes(now, SUMMARY_DAYS),
    };
  }
}
