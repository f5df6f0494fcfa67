import { Injectable } from '@nestjs/common';
import type { AvailabilitySummary } from '../domain/doctors.js';
import { Doctors } from '../domain/doctors.js';
import { Clock } from '../domain/ports.js';
import type { Mode } from '../domain/values.js';
import { DAY_MS, MINUTE_MS } from '../domain/values.js';
import { each } from './each.js';
import { FindSlotsHandler } from './find-slots.js';

/** The directory looks this far ahead. */
const SUMMARY_DAYS = 60;
const STALE_AFTER_MS = 360 * MINUTE_MS;
const BATCH = 50;

/**
 * Keeps the directory's view of each doctor's free time. Bookings only mark a doctor; the summary follows within
 * seconds, once for many bookings. A mark that is lost with the process is made good by the sweep of stale summaries.
 */
@Injectable()
export class Summaries {
  private readonly touched = new Set<string>();
  private tell: () => void = () => undefined;

  constructor(
    private readonly doctors: Doctors,
    private readonly slots: FindSlotsHandler,
    private readonly clock: Clock,
  ) {}

  /** @param listener is told of every mark */
  whenTouched(listener: () => void): void {
    this.tell = listener;
  }

  touch(doctorId: string): void {
    this.touched.add(doctorId);
    this.tell();
  }

  /** Works off the marks. */
  async refreshTouched(): Promise<void> {
    await each([...this.touched], async (doctorId) => {
      this.touched.delete(doctorId);
      try {
        await this.refresh(doctorId);
      } catch (error) {
        this.touched.add(doctorId);
        throw error;
      }
    });
  }

  /** Summaries that time itself made wrong. */
  async refreshStale(): Promise<void> {
    const now = this.clock.now();
    const stale = await this.doctors.withStaleSummary(now, new Date(now.getTime() - STALE_AFTER_MS), BATCH);
    await each(stale, (doctorId) => this.refresh(doctorId));
  }

  private async refresh(doctorId: string): Promise<void> {
    const doctor = await this.doctors.find(doctorId);
    if (!doctor?.published) return;
    const now = this.clock.now();
    const until = new Date(now.getTime() + SUMMARY_DAYS * DAY_MS);
    const free = await this.slots.firstOfDays(doctor.availability, now, until, now);
    const { weekly, dates } = doctor.availability.plan;
    const [next] = free.values();
    const summary: AvailabilitySummary = {
      nextAvailableAt: next?.startsAt ?? null,
      days: [...free.keys()],
      modes: [...new Set<Mode>([...weekly, ...dates].map((rule) => rule.mode))].sort(),
    };
    await this.doctors.summarise(doctorId, summary, now);
  }
}
