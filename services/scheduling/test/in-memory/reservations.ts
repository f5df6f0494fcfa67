import { expectReservable, type Reservation, Reservations } from '../../src/domain/reservation.js';
import {
  claimedTicksOf,
  claimOf,
  claimOfReservation,
  type InMemoryAppointments,
  reservedTicksOf,
} from './appointments.js';
import type { Pause } from './time.js';

const dayOf = ({ slot }: Reservation): string => slot.startsAt.toISOString().slice(0, 10);

export class InMemoryReservations extends Reservations {
  constructor(
    private readonly appointments: InMemoryAppointments,
    private readonly pause: Pause,
  ) {
    super();
  }

  async keep(reservation: Reservation, now: Date, previous?: string): Promise<void> {
    await this.pause();
    const { reservations } = this.appointments;
    const others = [...reservations.values()].filter(({ id }) => id !== previous);
    const ofDay = others.filter(
      (other) => other.slot.doctorId === reservation.slot.doctorId && dayOf(other) === dayOf(reservation),
    );
    const ticks = new Set(reservedTicksOf(reservation));
    const inTheWay = others.filter((other) => reservedTicksOf(other).some((tick) => ticks.has(tick)));
    const booked = [...this.appointments.states.values()].filter((state) =>
      [...claimedTicksOf(state).keys()].some((tick) => ticks.has(tick)),
    );
    expectReservable(ofDay.map(claimOfReservation), [...inTheWay.map(claimOfReservation), ...booked.map(claimOf)], now);
    if (previous !== undefined) reservations.delete(previous);
    for (const { id } of inTheWay) reservations.delete(id);
    reservations.set(reservation.id, reservation);
  }

  async keptUntil(id: string, now: Date): Promise<Date | undefined> {
    await this.pause();
    const until = this.appointments.reservations.get(id)?.until;
    return until && until > now ? until : undefined;
  }

  async release(id: string): Promise<void> {
    await this.pause();
    this.appointments.reservations.delete(id);
  }
}
