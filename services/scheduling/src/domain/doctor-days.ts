import { Temporal } from 'temporal-polyfill';
import type { AppointmentState } from './appointment-state.js';

/** What became of the visits that were to begin on one day. */
export interface DayCounts {
  readonly consultations: number;
  readonly noShows: number;
  readonly cancelled: number;
  /** All that was asked for that day and is settled, whichever way: booking itself counts nothing. */
  readonly requested: number;
}

export interface DoctorDay extends DayCounts {
  /** `YYYY-MM-DD`, at the doctor's. */
  readonly day: string;
}

export const NOTHING: DayCounts = { consultations: 0, noShows: 0, cancelled: 0, requested: 0 };

const settled: Partial<Record<AppointmentState['status'], Partial<DayCounts>>> = {
  completed: { consultations: 1 },
  missed: { noShows: 1 },
  cancelled: { cancelled: 1 },
  rejected: {},
  expired: {},
};

export const settledStatuses = Object.keys(settled) as AppointmentState['status'][];

/**
 * What an appointment adds to its day: nothing (undefined) before it is settled, which is for good. A hold that lapses or
 * is given up was no request, and may come back.
 */
export function outcomeOf({
  status,
  announced,
}: Pick<AppointmentState, 'status' | 'announced'>): DayCounts | undefined {
  const counts = announced ? settled[status] : undefined;
  return counts && { ...NOTHING, ...counts, requested: 1 };
}

export const sumOf = (one: DayCounts, other: DayCounts): DayCounts => ({
  consultations: one.consultations + other.consultations,
  noShows: one.noShows + other.noShows,
  cancelled: one.cancelled + other.cancelled,
  requested: one.requested + other.requested,
});

/** The calendar day of the instant in the IANA zone, `YYYY-MM-DD`. */
export const dayOf = (instant: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** From midnight to midnight of the day that the instant is in: 23 to 25 hours. */
export function boundsOfDay(instant: Date, timeZone: string): { from: Date; to: Date } {
  const start = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).startOfDay();
  const end = start.add({ days: 1 }).startOfDay();
  return { from: new Date(start.epochMilliseconds), to: new Date(end.epochMilliseconds) };
}

/** Doctors' days, counted as appointments are settled, so that reading a year costs its days and not its visits. */
export abstract class DoctorDays {
  /** Days with anything, in order; both ends included. */
  abstract between(doctorId: string, from: string, to: string): Promise<DoctorDay[]>;

  /**
   * Counts some of those that were settled before days were counted, each once whoever else does so at the time.
   * @returns false when there are none left
   */
  abstract countEarlier(): Promise<boolean>;
}
