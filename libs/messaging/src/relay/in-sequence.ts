import type { OutboxRow } from '../outbox.js';

/**
 * Rows sort by the clock of the replica that wrote them; within a batch, the facts of one aggregate are put in the order
 * of its versions all the same.
 */
export function inSequence(rows: OutboxRow[]): OutboxRow[] {
  const bySubject = Map.groupBy(rows, ({ subject }) => subject);
  for (const group of bySubject.values()) group.sort((a, b) => a.sequence - b.sequence).reverse();
  return rows.map(({ subject }) => bySubject.get(subject)!.pop()!);
}
