import type { PaymentTiming } from './appointment-state.js';
import { type CancellationPolicy, defaultCancellation, policyFaults } from './cancellation-policy.js';
import { InvalidAvailability } from './errors.js';
import { type DatedHours, type Hours, minutesOf, type WeeklyHours } from './hours.js';
import { overlapFaults } from './overlaps.js';
import { type Season, seasonFaults } from './seasons.js';
import { TICK_MINUTES } from './ticks.js';

/** Away on that date, all day or for these hours. */
export interface Exception {
  readonly date: string;
  readonly start?: string;
  readonly end?: string;
}

export interface AvailabilityPlan {
  /** IANA name. */
  readonly timeZone: string;
  /** The usual week. */
  readonly weekly: readonly WeeklyHours[];
  /** Weeks that stand instead of the usual one for some dates. */
  readonly seasons: readonly Season[];
  /** Beside the weekly hours of that day, not instead of them, and not at the same time. */
  readonly dates: readonly DatedHours[];
  readonly exceptions: readonly Exception[];
  readonly bufferMinutes: number;
  readonly minNoticeMinutes: number;
  readonly horizonDays: number;
  readonly autoAccept: boolean;
  readonly payment: PaymentTiming;
  readonly cancellation: CancellationPolicy;
}

export const MAX_BUFFER_MINUTES = 120;

/** Nobody is booked further ahead. */
export const MAX_HORIZON_DAYS = 365;

export const defaultPlan: AvailabilityPlan = {
  timeZone: 'Africa/Tunis',
  weekly: [],
  seasons: [],
  dates: [],
  exceptions: [],
  bufferMinutes: 0,
  minNoticeMinutes: 60,
  horizonDays: 60,
  autoAccept: false,
  payment: 'after-acceptance',
  cancellation: defaultCancellation,
};

/** Whether there is any day on which the doctor can be seen. */
export const hasHours = ({ weekly, seasons, dates }: AvailabilityPlan): boolean =>
  weekly.length > 0 || dates.length > 0 || seasons.some((season) => season.weekly.length > 0);

/** Slots must begin and end on ticks, or two that only touch would seem to overlap. */
const offTick = (wall: string): boolean => minutesOf(wall) % TICK_MINUTES !== 0;

/** @throws InvalidAvailability with every fault of the plan */
export function checkPlan(plan: AvailabilityPlan): void {
  const faults: { field: string; code: string; parameters?: Record<string, unknown> }[] = [];
  const checkTimes = (path: string, start: string, end: string) => {
    for (const [name, wall] of Object.entries({ start, end })) {
      if (offTick(wall))
        faults.push({ field: `${path}.${name}`, code: 'not-a-multiple', parameters: { step: TICK_MINUTES } });
    }
    if (minutesOf(end) <= minutesOf(start)) faults.push({ field: `${path}.end`, code: 'end-before-start' });
  };
  const checkHours = (path: string, hours: Hours) => {
    checkTimes(path, hours.start, hours.end);
    const length = minutesOf(hours.end) - minutesOf(hours.start);
    if (length > 0 && hours.slotMinutes > length)
      faults.push({ field: `${path}.slotMinutes`, code: 'longer-than-hours' });
  };
  const checkWeek = (path: string, week: readonly WeeklyHours[]) =>
    week.forEach((rule, index) => checkHours(`${path}.${index}`, rule));
  checkWeek('weekly', plan.weekly);
  plan.seasons.forEach(({ weekly }, index) => checkWeek(`seasons.${index}.weekly`, weekly));
  plan.dates.forEach((rule, index) => checkHours(`dates.${index}`, rule));
  plan.exceptions.forEach((exception, index) => {
    const { start, end } = exception;
    if ((start === undefined) !== (end === undefined)) {
      faults.push({ field: `exceptions.${index}.${start === undefined ? 'start' : 'end'}`, code: 'required' });
    } else if (start !== undefined && end !== undefined) {
      checkTimes(`exceptions.${index}`, start, end);
    }
  });
  faults.push(...seasonFaults(plan.seasons), ...overlapFaults(plan));
  for (const { field, code } of policyFaults(plan.cancellation)) faults.push({ field: `cancellation.${field}`, code });
  if (faults.length > 0) throw new InvalidAvailability(faults);
}
