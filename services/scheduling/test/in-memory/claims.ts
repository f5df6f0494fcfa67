import type { AppointmentState } from '../../src/domain/appointment-state.js';
import { Claims } from '../../src/domain/appointments.js';
import type { Claim } from '../../src/domain/hold-policy.js';
import { ticksBetween } from '../../src/domain/ticks.js';
import { type InMemoryAppointments, livingTicksOf } from './appointments.js';
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
    return [...this.appointments.states.values()].flatMap((other) => this.appointments.claimsOn(wanted, other));
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
    const taken = new Set([...this.appointments.states.values()].flatMap((state) => livingTicksOf(state, now)));
    return new Set(ticksBetween(from, to).filter((tick) => taken.has(`${personId}|${tick}`)));
  }
}
