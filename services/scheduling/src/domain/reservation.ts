import { NotReservable } from './errors.js';
import type { Claim } from './hold-policy.js';
import { readSlotId, type Slot, type SlotClaim, slotId, SlotTaken } from './slot.js';
import { minutesAfter } from './values.js';

/** How long a slot is kept for whoever has its confirmation open, with or without an account. */
export const RESERVATION_MINUTES = 5;

/** Of one doctor's (UTC) day at a time: visitors are known by nothing, and must not keep a doctor from patients. */
export const MAX_RESERVATIONS_A_DAY = 3;

/** A slot that is kept for a visitor while they say who they are: a courtesy, which no booking depends on. */
export interface Reservation {
  /** What only the visitor knows, and the slot. */
  readonly id: string;
  readonly slot: Slot;
  readonly until: Date;
}

const OWNER = 'reservation:';

/** @param secret 22 characters of base64url that nobody can guess */
export const reservationOf = (secret: string, slot: Slot, now: Date): Reservation => ({
  id: `${secret}.${slotId(slot)}`,
  slot,
  until: minutesAfter(now, RESERVATION_MINUTES),
});

/** As whose its claims are kept, and what it keeps; undefined: no reservation of ours has such an id. */
export function readReservationId(id: string): { claimant: string; claim: SlotClaim } | undefined {
  const [, secret, slot = ''] = /^([\w-]{22})\.([\w-]+)$/.exec(id) ?? [];
  try {
    return secret === undefined ? undefined : { claimant: `${OWNER}${secret}`, claim: readSlotId(slot) };
  } catch {
    return undefined;
  }
}

/** Whether a claim is a reservation's and no appointment's. */
export const isReservation = ({ appointmentId }: Pick<Claim, 'appointmentId'>): boolean =>
  appointmentId.startsWith(OWNER);

const lives = ({ holdUntil }: Claim, now: Date): boolean => holdUntil === undefined || holdUntil > now;

/**
 * One more reservation among what is claimed of the doctor's day.
 * @param inTheWay of those, what is on the time of the slot; the visitor's own is in nobody's way
 * @throws SlotTaken when somebody has the time; NotReservable when as many are reserved as may, or a hold that has lapsed
 * has not been ended yet, which a booking would do
 */
export function expectReservable(ofDay: readonly Claim[], inTheWay: readonly Claim[], now: Date): void {
  if (inTheWay.some((claim) => lives(claim, now))) throw new SlotTaken('slot-taken');
  if (!inTheWay.every(isReservation)) throw new NotReservable('a lapsed hold is in the way');
  const reserved = new Set(
    ofDay.filter((claim) => isReservation(claim) && lives(claim, now)).map((claim) => claim.appointmentId),
  );
  if (reserved.size >= MAX_RESERVATIONS_A_DAY)
    throw new NotReservable(`${reserved.size} slots of that day are reserved`);
}

/** Keeps slots for visitors, by the very claims that bookings make. */
export abstract class Reservations {
  /**
   * Keeps the slot, instead of what `previous` keeps; all or nothing.
   * @param previous id of a reservation of the same visitor
   * @throws SlotTaken without alternatives, NotReservable
   */
  abstract keep(reservation: Reservation, now: Date, previous?: string): Promise<void>;

  /** Until when the slot is kept; undefined: it is not, any more. */
  abstract keptUntil(id: string, now: Date): Promise<Date | undefined>;

  /** Frees what it keeps, if it does. Part of the ambient transaction, where there is one. */
  abstract release(id: string): Promise<void>;
}
