import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Doctors } from '../domain/doctors.js';
import { InvalidSlotId, NotFound } from '../domain/errors.js';
import { Clock } from '../domain/ports.js';
import { readReservationId, type Reservation, reservationOf, Reservations } from '../domain/reservation.js';
import { readSlotId, SlotTaken } from '../domain/slot.js';
import { FindSlotsHandler } from './find-slots.js';

const SECRET_BYTES = 16;

/** Keeps a slot for whoever is about to book it. */
@Injectable()
export class ReserveSlotHandler {
  constructor(
    private readonly doctors: Doctors,
    private readonly reservations: Reservations,
    private readonly slots: FindSlotsHandler,
    private readonly clock: Clock,
  ) {}

  /**
   * @param previous the visitor's last one: gives way to this one, or is this one, for as long as it was to last
   * @throws InvalidSlotId also when it is another doctor’s, NotFound (doctor), SlotTaken with alternatives, NotReservable
   */
  async execute(doctorId: string, slotId: string, previous?: string): Promise<Reservation> {
    const claim = readSlotId(slotId);
    if (claim.doctorId !== doctorId) throw new InvalidSlotId();
    const doctor = await this.doctors.find(doctorId);
    if (!doctor?.published) throw new NotFound(`doctor ${doctorId}`);
    const now = this.clock.now();
    try {
      const slot = doctor.availability.offered(claim.id, claim.startsAt, now);
      if (!slot) throw new SlotTaken('slot-withdrawn');
      if (previous !== undefined && readReservationId(previous)?.claim.id === claim.id) {
        const until = await this.reservations.keptUntil(previous, now);
        if (until) return { id: previous, slot, until };
      }
      const reservation = reservationOf(randomBytes(SECRET_BYTES).toString('base64url'), slot, now);
      await this.reservations.keep(reservation, now, previous);
      return reservation;
    } catch (error) {
      if (!(error instanceof SlotTaken)) throw error;
      throw new SlotTaken(
        error.refusal,
        await this.slots.alternatives(doctor.availability, undefined, claim.startsAt, now),
      );
    }
  }

  /** Nothing is done where it is none of the doctor’s. */
  async release(doctorId: string, id: string): Promise<void> {
    if (readReservationId(id)?.claim.doctorId === doctorId) await this.reservations.release(id);
  }
}
