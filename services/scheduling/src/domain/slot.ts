import { InvalidSlotId } from './errors.js';
import { ticksBetween } from './ticks.js';
import { MINUTE_MS, minutesAfter, type Mode, type Money } from './values.js';

/** A bookable stretch of a doctor's time. */
export interface Slot {
  readonly doctorId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly mode: Mode;
  readonly price: Money;
  /** Kept free after the appointment. */
  readonly bufferMinutes: number;
}

/** Why a slot cannot be had: somebody has it, it is no longer offered, or the patient is busy at that time. */
export type SlotRefusal = 'slot-taken' | 'slot-withdrawn' | 'patient-busy';

export class SlotTaken extends Error {
  readonly code = 'slot-taken';
  readonly kind = 'conflict';

  /** @param alternatives nearest free slots, best first */
  constructor(
    readonly refusal: SlotRefusal,
    readonly alternatives: readonly Slot[] = [],
  ) {
    super(`the slot cannot be had: ${refusal}`);
  }
}

/** True when no tick of the slot, its buffer included, is busy. */
export const isFree = ({ startsAt, endsAt, bufferMinutes }: Slot, busy: ReadonlySet<number>): boolean =>
  busy.size === 0 || ticksBetween(startsAt, minutesAfter(endsAt, bufferMinutes)).every((tick) => !busy.has(tick));

/** What a slot's id says; the rest comes from the availability that offers it. */
export interface SlotClaim {
  readonly doctorId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly id: string;
}

const modeLetter: Readonly<Record<Mode, string>> = { video: 'v', 'in-person': 'p' };

/**
 * Opaque id of a slot. It holds all that a patient agreed to, the price included, so that a slot whose terms changed
 * is another slot; it is compared with what the doctor offers now and never believed.
 */
export function slotId(slot: Omit<Slot, 'bufferMinutes'>): string {
  const minutes = (slot.endsAt.getTime() - slot.startsAt.getTime()) / MINUTE_MS;
  const start = slot.startsAt.getTime() / MINUTE_MS;
  const parts = [slot.doctorId, start, minutes, modeLetter[slot.mode], slot.price.amount, slot.price.currency];
  return Buffer.from(parts.join('|')).toString('base64url');
}

/** @throws InvalidSlotId */
export function readSlotId(id: string): SlotClaim {
  const match = /^([\w-]{1,64})\|(\d{1,9})\|(\d{1,4})\|[vp]\|\d{1,10}\|[A-Z]{3}$/.exec(
    Buffer.from(id, 'base64url').toString(),
  );
  if (!match) throw new InvalidSlotId();
  const [, doctorId = '', start, minutes] = match;
  const startsAt = new Date(Number(start) * MINUTE_MS);
  return { doctorId, startsAt, endsAt: minutesAfter(startsAt, Number(minutes)), id };
}
