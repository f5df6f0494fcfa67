/** So long nothing may arrive: the sound alone is fifty packets a second. */
const STALLED_MS = 1_200;

/** Whether anything arrives over a connection. */
export class Arrivals {
  private last: { bytes: number; at: number } | undefined;

  /** @param bytes received so far @returns true: more than last time; false: nothing for too long; undefined: not known yet */
  flow(bytes: number, now: number): boolean | undefined {
    if (this.last && bytes === this.last.bytes) return now - this.last.at >= STALLED_MS ? false : undefined;
    this.last = { bytes, at: now };
    return true;
  }

  forget(): void {
    this.last = undefined;
  }
}
