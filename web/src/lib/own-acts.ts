/** As long as the news of it may take. */
const NEWS_WITHIN_MS = 10_000;

/** What somebody has just done here themselves, so that the news of it does not tell them once more. */
export class OwnActs {
  private readonly times = new Map<string, number>();

  /** @param now in milliseconds */
  note(appointmentId: string, now = Date.now()): void {
    for (const [id, at] of this.times) if (now - at > NEWS_WITHIN_MS) this.times.delete(id);
    this.times.set(appointmentId, now);
  }

  isNewsOf(appointmentId: string | undefined, now = Date.now()): boolean {
    const at = appointmentId === undefined ? undefined : this.times.get(appointmentId);
    return at !== undefined && now - at <= NEWS_WITHIN_MS;
  }
}

/** Of this tab: another one is told. */
export const ownActs = new OwnActs();
