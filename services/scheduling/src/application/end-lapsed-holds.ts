import { Injectable } from '@nestjs/common';
import type { AppointmentState } from '../domain/appointment-state.js';
import { Appointments, Claims } from '../domain/appointments.js';
import { type Claim, HoldPlaces, holdsGivingWay } from '../domain/hold-policy.js';
import { isReservation } from '../domain/reservation.js';

/** Ends lapsed holds that are in somebody's way, before their own end comes to be noticed. */
@Injectable()
export class EndLapsedHolds {
  constructor(
    private readonly appointments: Appointments,
    private readonly claims: Claims,
  ) {}

  /** @returns whether the time that the appointment wants is worth another try */
  async onTimeOf(wanted: AppointmentState, now: Date): Promise<boolean> {
    return this.endAll(wanted, await this.claims.inTheWayOf(wanted), now);
  }

  /** As {@link onTimeOf}, of an appointment that has some of that time already. */
  async onTimeTo(moved: AppointmentState, now: Date): Promise<boolean> {
    const inTheWay = await this.claims.inTheWayOf(moved);
    return this.endAll(
      moved,
      inTheWay.filter(({ appointmentId }) => appointmentId !== moved.id),
      now,
    );
  }

  /** A free place for one more hold of the patient. @throws TooManyHolds */
  async placeFor(patientId: string, now: Date): Promise<number> {
    const places = new HoldPlaces(await this.claims.holdPlacesOf(patientId));
    const lapsed = places.givingWay(now);
    if (lapsed.length === 0) return places.free();
    await this.end(lapsed, now);
    return new HoldPlaces(await this.claims.holdPlacesOf(patientId)).free();
  }

  private async endAll(wanted: AppointmentState, inTheWay: readonly Claim[], now: Date): Promise<boolean> {
    const lapsed = holdsGivingWay(inTheWay, now);
    if (lapsed && inTheWay.some(isReservation)) await this.claims.dropLapsedReservations(wanted, now);
    await this.end(lapsed?.filter((appointmentId) => !isReservation({ appointmentId })) ?? [], now);
    return lapsed !== undefined;
  }

  private async end(lapsed: readonly string[], now: Date): Promise<void> {
    for (const id of lapsed) await this.appointments.update(id, (hold) => hold.expireIfOver(now));
  }
}
