import { Injectable } from '@nestjs/common';
import type { Availability } from '../domain/availability.js';
import type { AvailabilityPlan } from '../domain/availability-plan.js';
import { Claims } from '../domain/appointments.js';
import { Doctors } from '../domain/doctors.js';
import { NotFound } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import { isFree, type Slot } from '../domain/slot.js';
import { DAY_MS, minutesAfter } from '../domain/values.js';

export interface FindSlots {
  doctorId: string;
  from?: Date;
  to?: Date;
  /** Where the page begins; before `from`: there. */
  after?: Date;
  limit: number;
}

export interface SlotsPage {
  slots: Slot[];
  /** Where the next page begins; null: there is none. */
  next: Date | null;
  plan: AvailabilityPlan;
  /** No slot is offered from then on, as of now. */
  bookableUntil: Date;
}

const DEFAULT_DAYS = 7;
const MAX_DAYS = 62;
/** Beyond a page so many more are looked at for free ones: two months of a usual plan, some days of the densest. */
const LOOK_AHEAD = 1_000;
const MAX_ALTERNATIVES = 5;
/** Days either side in which alternatives are looked for, widened until there are enough. */
const ALTERNATIVE_REACH_DAYS = [1, 7, 30];
/** Of the doctor's, of which each patient is offered those at which they are free as well. */
const NEAREST = 50;

const LATELY_MS = 250;
const MAX_ASKED = 200;

@Injectable()
export class FindSlotsHandler {
  private readonly asked = new Map<string, { at: number; slots: Promise<Slot[]> }>();

  constructor(
    private readonly doctors: Doctors,
    private readonly claims: Claims,
    private readonly clock: Clock,
  ) {}

  /**
   * Free slots of a published doctor, by start, and the terms they are offered on; at most 62 days. A page may be short of
   * its limit, or empty, where nearly all is taken, and still have a next one. @throws NotFound
   */
  async execute({ doctorId, from, to, after, limit }: FindSlots): Promise<SlotsPage> {
    const doctor = await this.doctors.find(doctorId);
    if (!doctor?.published) throw new NotFound(`doctor ${doctorId}`);
    const now = this.clock.now();
    const start = from ?? now;
    const latest = start.getTime() + MAX_DAYS * DAY_MS;
    const end = new Date(Math.min(to?.getTime() ?? start.getTime() + DEFAULT_DAYS * DAY_MS, latest));
    const { availability } = doctor;
    const offered = availability.slots(after && after > start ? after : start, end, now);
    const looked = first(limit + LOOK_AHEAD, offered);
    const free = await this.freeOf(availability, looked, now);
    const next = free[limit] ?? offered.next().value;
    const { plan } = availability;
    const bookableUntil = new Date(now.getTime() + plan.horizonDays * DAY_MS);
    return { slots: free.slice(0, limit), next: next?.startsAt ?? null, plan, bookableUntil };
  }

  /** The first slot of each UTC day in [from, to) that nobody has booked; what is reserved soon is free again. */
  async firstOfDays(availability: Availability, from: Date, to: Date, now: Date): Promise<Map<string, Slot>> {
    const days = new Map<string, Slot>();
    for (const slot of await this.unbookedOf(availability, [...availability.slots(from, to, now)], now)) {
      const day = slot.startsAt.toISOString().slice(0, 10);
      if (!days.has(day)) days.set(day, slot);
    }
    return days;
  }

  /** Up to five free slots of the doctor nearest to `wanted` at which the patient is free as well, nearest first. */
  async alternatives(
    availability: Availability,
    patientId: string | undefined,
    wanted: Date,
    now: Date,
  ): Promise<Slot[]> {
    let found: Slot[] = [];
    for (const days of ALTERNATIVE_REACH_DAYS) {
      const from = new Date(wanted.getTime() - days * DAY_MS);
      const to = new Date(wanted.getTime() + days * DAY_MS);
      const [near, busy] = await Promise.all([
        this.lately(availability, from, to, now),
        patientId === undefined
          ? new Set<number>()
          : this.claims.ofPatient(patientId, from, new Date(to.getTime() + DAY_MS), now),
      ]);
      found = near.filter((slot) => isFree({ ...slot, bufferMinutes: 0 }, busy));
      if (found.length >= MAX_ALTERNATIVES) break;
    }
    return found.slice(0, MAX_ALTERNATIVES);
  }

  /** Many who lose the same slot ask the same: what was free a moment ago is good enough to offer. */
  private lately(availability: Availability, from: Date, to: Date, now: Date): Promise<Slot[]> {
    const key = `${availability.doctorId}|${from.getTime()}|${to.getTime()}`;
    const known = this.asked.get(key);
    if (known && now.getTime() - known.at < LATELY_MS) return known.slots;
    if (this.asked.size > MAX_ASKED) this.asked.clear();
    const slots = this.nearest(availability, from, to, now);
    this.asked.set(key, { at: now.getTime(), slots });
    slots.catch(() => this.asked.delete(key));
    return slots;
  }

  /** The free ones nearest to the middle of the period, nearest first. */
  private async nearest(availability: Availability, from: Date, to: Date, now: Date): Promise<Slot[]> {
    const middle = (from.getTime() + to.getTime()) / 2;
    const distance = (slot: Slot) => Math.abs(slot.startsAt.getTime() - middle);
    const free = await this.freeOf(availability, [...availability.slots(from, to, now)], now);
    return free.sort((a, b) => distance(a) - distance(b)).slice(0, NEAREST);
  }

  /** Those of the slots, which are in order, that nobody has claimed: one query. */
  private freeOf({ doctorId }: Availability, slots: readonly Slot[], now: Date): Promise<Slot[]> {
    return without(slots, (from, to) => this.claims.ofDoctor(doctorId, from, to, now));
  }

  private unbookedOf({ doctorId }: Availability, slots: readonly Slot[], now: Date): Promise<Slot[]> {
    return without(slots, (from, to) => this.claims.bookedOf(doctorId, from, to, now));
  }
}

/** The slots, which are in order, that none of the claimed ticks is in. */
async function without(
  slots: readonly Slot[],
  claimed: (from: Date, to: Date) => Promise<ReadonlySet<number>>,
): Promise<Slot[]> {
  const [earliest, latest] = [slots[0], slots.at(-1)];
  if (!earliest || !latest) return [];
  const busy = await claimed(earliest.startsAt, minutesAfter(latest.endsAt, latest.bufferMinutes));
  return slots.filter((slot) => isFree(slot, busy));
}

function first<T>(count: number, all: Iterator<T, undefined>): T[] {
  const taken: T[] = [];
  for (let next = all.next(); !next.done; next = all.next()) {
    taken.push(next.value);
    if (taken.length === count) break;
  }
  return taken;
}
