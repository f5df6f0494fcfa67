import { Temporal } from 'temporal-polyfill';
import type { AvailabilityPlan } from './availability-plan.js';
import { type Hours, minutesOf } from './hours.js';
import { hoursOn } from './seasons.js';
import { TICK_MINUTES } from './ticks.js';
import { DAY_MS, MINUTE_MS } from './values.js';

/** A slot as it is kept: where it starts (milliseconds since the epoch), and the hours that it is cut from. */
export interface Cut {
  readonly at: number;
  readonly hours: Hours;
}

const TICK_MS = TICK_MINUTES * MINUTE_MS;
/** No day has more: 25 hours, when clocks go back. */
const TICKS_OF_A_DAY = (25 * 60) / TICK_MINUTES;

/**
 * The slots of one local day by their start, cut in elapsed time, so that a clock change neither doubles nor bends one. No
 * two of them overlap, whatever the plan: where its rules do, the first of them has the time. So a day has 300 at most.
 */
export function slotsOfDay(plan: AvailabilityPlan, date: Temporal.PlainDate): Cut[] {
  const day = date.toString();
  const rules = hoursOn(plan, date);
  const away = plan.exceptions.filter((exception) => exception.date === day);
  if (rules.length === 0 || away.some(({ start }) => start === undefined)) return [];
  const clock = clockOf(date, day, plan.timeZone);
  const taken = new Uint8Array(TICKS_OF_A_DAY);
  const ticksOf = (from: number, to: number): [number, number] => [
    Math.floor((from - clock.midnight) / TICK_MS),
    Math.ceil((to - clock.midnight) / TICK_MS),
  ];
  for (const { start = '00:00', end = '24:00' } of away) taken.fill(1, ...ticksOf(clock.at(start), clock.at(end)));
  const cuts: Cut[] = [];
  for (const hours of rules) {
    const [length, end] = [hours.slotMinutes * MINUTE_MS, clock.at(hours.end)];
    for (let at = clock.at(hours.start); at + length <= end; at += length + plan.bufferMinutes * MINUTE_MS) {
      const [first, last] = ticksOf(at, at + length);
      const next = taken.indexOf(1, first);
      if (next >= 0 && next < last) continue;
      taken.fill(1, first, last);
      cuts.push({ at, hours });
    }
  }
  return cuts.sort((a, b) => a.at - b.at);
}

type Wall = (wall: string) => number;

/** The wall clock of a day. Time zones are dear: they are asked for each time of the day only where the clock changes. */
function clockOf(date: Temporal.PlainDate, day: string, timeZone: string): { midnight: number; at: Wall } {
  const { midnight, next } = bordersOf(date, day, timeZone);
  if (next - midnight === DAY_MS) return { midnight, at: (wall) => midnight + minutesOf(wall) * MINUTE_MS };
  const known = new Map([['24:00', next]]);
  const at = (wall: string) => {
    const instant = known.get(wall) ?? instantOf(date, wall, timeZone);
    known.set(wall, instant);
    return instant;
  };
  return { midnight, at };
}

/** Two months of some forty time zones. */
const BORDERS_KEPT = 2_500;
const borders = new Map<string, { midnight: number; next: number }>();

/** Where a local day begins and the next one does. All doctors of a time zone share their days. */
function bordersOf(date: Temporal.PlainDate, day: string, timeZone: string): { midnight: number; next: number } {
  const key = `${day} ${timeZone}`;
  const known = borders.get(key);
  if (known) return known;
  const made = {
    midnight: instantOf(date, '00:00', timeZone),
    next: instantOf(date.add({ days: 1 }), '00:00', timeZone),
  };
  if (borders.size >= BORDERS_KEPT) borders.clear();
  borders.set(key, made);
  return made;
}

const instantOf = (date: Temporal.PlainDate, wall: string, timeZone: string): number =>
  date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(wall) }).epochMilliseconds;
