import { Injectable } from '@nestjs/common';
import type { AppointmentState } from '../domain/appointment-state.js';
import { Appointments, Claims } from '../domain/appointments.js';
import { HoldPlaces, holdsGivingWay } from '../domain/hold-policy.js';

/** Ends lapsed holds that are in somebody's way, before their own end comes to be noticed. */
@Injectable()
export class EndLapsedHolds {
  constructor(
    private readonly appointments: Appointments,
    private readonly claims: Claims,
  ) {}

  /** @returns whether the time that the appointment wants is worth another try */
  async onTimeOf(wanted: AppointmentState, now: Date): Promise<boolean> {
    const lapsed = holdsGivingWay(await this.claims.inTheWayOf(wanted), now);
    await this.end(lapsed ?? [], now);
    return lapsed !== undefined;
  }

  /** A free place for one more hold of the patient. @throws TooManyHolds */
  async placeFor(patientId: string, now: Date): Promise<number> {
    const places = new HoldPlaces(await this.claims.holdPlacesOf(patientId));
    const lapsed = places.givingWay(now);
    if (lapsed.length === 0) return places.free();
    await this.end(lapsed, now);
    return new HoldPlaces(await this.claims.holdPlacesOf(patientId)).free();
  }

  private async end(lapsed: readonly string[], now: Date): Promise<void> {
    for (const id of lapsed) await this.appointments.update(id, (hold) => hold.expireIfOver(now));
  }
}
