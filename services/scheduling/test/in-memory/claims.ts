import type { AppointmentState } from '../../src/domain/appointment-state.js';
import { Claims } from '../../src/domain/appointments.js';
import type { Claim } from '../../src/domain/hold-policy.js';
import { ticksBetween } from '../../src/domain/ticks.js';
import { claimOf, type InMemoryAppointments, isLiving, ticksOf } from './appointments.js';
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
    return this.appointments.claimantsOf(wanted).map(claimOf);
  }

  async holdPlacesOf(patientId: string): Promise<readonly (Claim | undefined)[]> {
    await this.pause();
    return this.appointments.holdPlacesOf(patientId);
  }

  ofDoctor(doctorId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    return this.of(doctorId, from, to, now);
  }

  ofPatient(patientId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    return this.of(patientId, from, to, now);
  }

  private async of(personId: string, from: Date, to: Date, now: Date): Promise<ReadonlySet<number>> {
    await this.pause();
    const taken = new Set(
      [...this.appointments.states.values()].filter((state) => isLiving(state, now)).flatMap((state) => ticksOf(state)),
    );
    return new Set(ticksBetween(from, to).filter((tick) => taken.has(`${personId}|${tick}`)));
  }
}
