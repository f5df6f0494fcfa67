import { EventEmitter, once } from 'node:events';
import type { ChargeState } from '../../domain/charge-state.js';

/** The time from a hold to its payment and the doctor's request, of many at once. */
const MOST = 1_000;

/** Charges as this process has saved them last, by id and by appointment. */
export class RecentCharges {
  private readonly states = new Map<string, ChargeState>();
  private readonly saved = new EventEmitter().setMaxListeners(0);

  get(key: string): ChargeState | undefined {
    return this.states.get(key);
  }

  keep(state: ChargeState): void {
    this.forget(state.id);
    this.states.set(state.id, state).set(state.appointmentId, state);
    const [oldest] = this.states.keys();
    if (this.states.size > 2 * MOST) this.forget(oldest!);
    this.saved.emit(state.appointmentId);
  }

  /** Resolves when one of the appointment is kept, at the latest after so long. */
  async next(appointmentId: string, withinMs: number): Promise<void> {
    await once(this.saved, appointmentId, { signal: AbortSignal.timeout(Math.ceil(withinMs)) }).catch(() => undefined);
  }

  /** @returns whether it was there */
  forget(id: string): boolean {
    const state = this.states.get(id);
    if (state) this.states.delete(state.appointmentId);
    return this.states.delete(id);
  }
}
