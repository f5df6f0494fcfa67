import type { OutboxRow } from '../outbox.js';
import type { PublishOutcome, Transport } from '../transport.js';
import { inSequence } from './in-sequence.js';

/** Hands rows to the bus and knows those that have not left the outbox since. */
export class Publishing {
  private readonly rows = new Map<string, OutboxRow>();

  constructor(
    private readonly transport: Pick<Transport, 'publish'>,
    private readonly on: {
      settled(row: OutboxRow, outcome: PublishOutcome): void;
      failed(row: OutboxRow, error: unknown): void;
    },
  ) {}

  get size(): number {
    return this.rows.size;
  }

  get ids(): string[] {
    return [...this.rows.keys()];
  }

  get oldestAgeSeconds(): number {
    let oldest = Infinity;
    for (const { at } of this.rows.values()) oldest = Math.min(oldest, at.getTime());
    return oldest === Infinity ? 0 : (Date.now() - oldest) / 1_000;
  }

  has(id: string): boolean {
    return this.rows.has(id);
  }

  publish(rows: OutboxRow[]): void {
    const ordered = inSequence(rows);
    for (const row of ordered) this.rows.set(row._id, row);
    const messages = ordered.map(({ _id, event: id = _id, type, subject, live, body }) => ({
      id,
      type,
      subject,
      live,
      body,
    }));
    for (const [index, outcome] of this.transport.publish(messages).entries()) {
      const row = ordered[index]!;
      outcome.then(
        (value) => this.on.settled(row, value),
        (error: unknown) => {
          this.rows.delete(row._id);
          this.on.failed(row, error);
        },
      );
    }
  }

  /** They have left the outbox, or are to be read again. */
  release(rows: readonly OutboxRow[]): void {
    for (const { _id } of rows) this.rows.delete(_id);
  }

  forget(): void {
    this.rows.clear();
  }
}
