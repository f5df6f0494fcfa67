import { GrowingPause } from '@medflow/service-kit';
import type { Row, Store } from './store.js';

const PAUSES_MS = [100, 30_000] as const;

/**
 * Writes what changed in the order in which it did, one write at a time with all that has come up meanwhile: an older
 * state never overwrites a newer one. What a store refuses is written again until it takes it.
 */
export class Journal {
  private readonly waiting = new Map<string, Row>();
  private writing: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;
  private insists = true;
  private endPause: () => void = () => undefined;

  constructor(private readonly store: Store) {}

  add(rows: readonly Row[]): void {
    for (const row of rows) this.waiting.set(row.id, row);
  }

  /**
   * Until all that was added before is kept. Nothing may be answered earlier: the process can end at any moment.
   * @throws Error of the store, only after `insistNoMore`
   */
  kept(): Promise<void> {
    if (this.waiting.size === 0) return this.next ?? this.writing;
    this.next ??= this.writing.catch(() => undefined).then(() => this.write());
    return this.next;
  }

  /** The end is near: what the store refuses now is given up. */
  insistNoMore(): void {
    this.insists = false;
    this.endPause();
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async write(): Promise<void> {
    this.writing = this.next!;
    this.next = undefined;
    const rows = new Map<string, Row>();
    for (const pauses = new GrowingPause(PAUSES_MS); ;) {
      // Objects are written as they are now, so whatever else changed with them must be in the same write.
      for (const row of this.waiting.values()) rows.set(row.id, row);
      this.waiting.clear();
      try {
        if (rows.size > 0) await this.store.write([...rows.values()]);
        return;
      } catch (error) {
        if (!this.insists) throw error;
        await this.pause(pauses.next());
      }
    }
  }
}
