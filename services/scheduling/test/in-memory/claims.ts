import type { AppointmentState } from '../../src/domain/appointment-state.js';
import { Claims } from '../../src/domain/appointments.js';
import type { Claim } from '../../src/domain/hold-policy.js';
import { ticksBetween } from '../../src/domain/ticks.js';
import { claimOfReservation, type InMemoryAppointments, livingTicksOf, reservedTicksOf } from './appointments.js';
import type { Pause } from './time.js';

export class InMemoryClaims extends Claims {
  constructor(
    private readonly appointments: InMemoryAppointments,
    private readonly pause: Pause,
  ) {
    super();
  }

  async inTheWayOf(wanted: AppointmentState): Promise<readonly Claim[]> {
    await this.pause();
    const claims = [...this.appointments.states.values()].flatMap((other) => this.appointments.claimsOn(wanted, other));
    return [...claims, ...this.appointments.reservedOn(wanted).map(claimOfReservation)];
  }

  async holdPlacesOf(patientId: string): Promise<readonly (Claim | undefined)[]> {
    await this.pause();
    return this.appointments.holdPlacesOf(patientId);
  }

  async ofDoctor(doctorId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    const living = [...this.appointments.reservations.values()].filter(({ until }) => until > now);
    const reserved = new Set(living.flatMap(reservedTicksOf));
    const booked = await this.bookedOf(doctorId, from, to, now);
    return new Set(ticksBetween(from, to).filter((tick) => booked.has(tick) || reserved.has(`${doctorId}|${tick}`)));
  }

  bookedOf(doctorId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    return this.of(doctorId, from, to, now);
  }

  async dropLapsedReservations(wanted: AppointmentState, now: Date): Promise<void> {
    await this.pause();
    for (const { id, until } of this.appointments.reservedOn(wanted))
      if (until <= now) this.appointments.reservations.delete(id);
  }

  ofPatient(patientId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    return this.of(patientId, from, to, now);
  }

  private async of(personId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    await this.pause();
    const taken = new Set([...this.appointments.states.values()].flatMap((state) => livingTicksOf(state, now)));
    return new Set(ticksBetween(from, to).filter((tick) => taken.has(`${personId}|${tick}`)));
  }
}
