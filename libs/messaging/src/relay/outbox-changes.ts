import type { Logger } from '@nestjs/common';
import type { ChangeStream, Db } from '../mongo.js';
import type { OutboxRow } from '../outbox.js';

/** Tells of rows that others write, where the database has change streams. */
export class OutboxChanges {
  private changes?: ChangeStream;

  constructor(
    private readonly db: () => Db,
    private readonly written: () => void,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  open(): void {
    this.changes = this.db()
      .collection<OutboxRow>('outbox')
      .watch([{ $match: { operationType: 'insert' } }]);
    this.changes.on('change', this.written);
    this.changes.on('error', (error) => {
      this.logger.warn(`no change stream, looking instead: ${String(error)}`);
      void this.changes?.close();
    });
  }

  async close(): Promise<void> {
    await this.changes?.close();
  }
}
