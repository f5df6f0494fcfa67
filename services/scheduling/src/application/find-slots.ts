import { Injectable } from '@nestjs/common';
import type { Availability } from '../domain/availability.js';
import type { AvailabilityPlan } from '../domain/availability-plan.js';
import { Claims } from '../domain/appointments.js';
import { Doctors } from '../domain/doctors.js';
import { NotFound } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import type { Slot } from '../domain/slot.js';
import { ticksBetween } from '../domain/ticks.js';
import { DAY_MS, minutesAfter } from '../domain/values.js';

export interface FindSlots {
  doctorId: string;
  from?: Date;
  to?: Date;
}

const DEFAULT_DAYS = 7;
const MAX_DAYS = 62;
const MAX_ALTERNATIVES = 5;
/** Days either side in which alternatives are looked for, widened until there are enough. */
const ALTERNATIVE_REACH_DAYS = [1, 7, 30];

/** True when no tick of the slot, its buffer included, is busy. */
const isFree = (slot: Slot, busy: ReadonlySet<number>): boolean =>
  ticksBetween(slot.startsAt, minutesAfter(slot.endsAt, slot.bufferMinutes)).every((tick) => !busy.has(tick));

const LATELY_MS = 250;
const MAX_ASKED = 1_000;

@Injectable()
export class FindSlotsHandler {
  private readonly asked = new Map<string, { at: number; slots: Promise<Slot[]> }>();

  constructor(
    private readonly doctors: Doctors,
    private readonly claims: Claims,
    private readonly clock: Clock,
  ) {}

  /** Free slots of a published doctor, by start, and the terms they are offered on; at most 62 days. @throws NotFound */
  async execute({ doctorId, from, to }: FindSlots): Promise<{ slots: Slot[]; plan: AvailabilityPlan }> {
    const doctor = await this.doctors.find(doctorId);
    if (!doctor?.published) throw new NotFound(`doctor ${doctorId}`);
    const now = this.clock.now();
    const start = from ?? now;
    const latest = start.getTime() + MAX_DAYS * DAY_MS;
    const end = new Date(Math.min(to?.getTime() ?? start.getTime() + DEFAULT_DAYS * DAY_MS, latest));
    const { availability } = doctor;
    return { slots: await this.free(availability, start, end, now), plan: availability.plan };
  }

  async free(availability: Availability, from: Date, to: Date, now: Date): Promise<Slot[]> {
    const slots = availability.slots(from, to, now);
    const first = slots[0];
    if (!first) return [];
    const end = slots.reduce((latest, slot) => (slot.endsAt > latest ? slot.endsAt : latest), first.endsAt);
    const busy = await this.claims.ofDoctor(
      availability.doctorId,
      first.startsAt,
      minutesAfter(end, availability.plan.bufferMinutes),
      now,
    );
    return slots.filter((slot) => isFree(slot, busy));
  }

  /** Up to five free slots of the doctor nearest to `wanted` at which the patient is free as well, nearest first. */
  async alternatives(availability: Availability, patientId: string, wanted: Date, now: Date): Promise<Slot[]> {
    let found: Slot[] = [];
    for (const days of ALTERNATIVE_REACH_DAYS) {
      const from = new Date(wanted.getTime() - days * DAY_MS);
      const to = new Date(wanted.getTime() + days * DAY_MS);
      const [free, busy] = await Promise.all([
        this.lately(availability, from, to, now),
        this.claims.ofPatient(patientId, from, new Date(to.getTime() + DAY_MS), now),
      ]);
      found = free.filter((slot) => isFree({ ...slot, bufferMinutes: 0 }, busy));
      if (found.length >= MAX_ALTERNATIVES) break;
    }
    const distance = (slot: Slot) => Math.abs(slot.startsAt.getTime() - wanted.getTime());
    return found.sort((a, b) => distance(a) - distance(b)).slice(0, MAX_ALTERNATIVES);
  }

  /** Many who lose the same slot ask the same: what was free a moment ago is good enough to offer. */
  private lately(availability: Availability, from: Date, to: Date, now: Date): Promise<Slot[]> {
    const key = `${availability.doctorId}|${from.getTime()}|${to.getTime()}`;
    const known = this.asked.get(key);
    if (known && now.getTime() - known.at < LATELY_MS) return known.slots;
    if (this.asked.size > MAX_ASKED) this.asked.clear();
    const slots = this.free(availability, from, to, now);
    this.asked.set(key, { at: now.getTime(), slots });
    slots.catch(() => this.asked.delete(key));
    return slots;
  }
}
