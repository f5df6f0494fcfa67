import type { OutboxRow } from '../outbox.js';

/** Rows that this process has just committed, in order of their commits: to be published without being read back. */
export class OfferedRows {
  private rows: OutboxRow[] = [];

  /** @param most rows that are offered or being published at a time */
  constructor(private readonly most: number) {}

  /** @returns false where there is no room: reading finds them */
  add(rows: readonly OutboxRow[], publishing: number): boolean {
    const hasRoom = this.rows.length + publishing + rows.length <= this.most;
    if (hasRoom) this.rows.push(...rows);
    return hasRoom;
  }

  /** Those that reading has not found meanwhile; none is left. */
  takeUnless(isPublishing: (id: string) => boolean): OutboxRow[] {
    return this.rows.splice(0).filter(({ _id }) => !isPublishing(_id));
  }

  forget(): void {
    this.rows = [];
  }
}
