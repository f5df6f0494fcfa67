import { Injectable } from '@nestjs/common';

/**
 * Brings word of whose appointments this process has changed, from where they are saved to who waits for room for one more
 * hold. Of what another replica changes nobody tells: who waits looks for themselves now and then.
 */
@Injectable()
export class RoomForHolds {
  private readonly waiting = new Map<string, Set<() => void>>();

  /** Once it is committed. */
  announce(patientId: string): void {
    for (const goOn of this.waiting.get(patientId) ?? []) goOn();
  }

  /** Resolves when an appointment of the patient changes, at the latest after so long. */
  change(patientId: string, withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const others = this.waiting.get(patientId) ?? new Set();
      const goOn = () => {
        clearTimeout(timer);
        others.delete(goOn);
        if (others.size === 0) this.waiting.delete(patientId);
        resolve();
      };
      const timer = setTimeout(goOn, withinMs);
      this.waiting.set(patientId, others.add(goOn));
    });
  }
}
