/** Wakes one waiting loop; signals given while nobody waits collapse into one. */
export class Signal {
  private given = false;
  private wake?: () => void;

  give(): void {
    this.given = true;
    this.wake?.();
  }

  /** Resolves at the next signal (at once when one is pending) or after `ms`. */
  async wait(ms: number): Promise<void> {
    if (!this.given) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wake = undefined;
    }
    this.given = false;
  }
}
