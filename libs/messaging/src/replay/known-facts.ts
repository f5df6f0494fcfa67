import { valueAt } from '@medflow/service-kit';
import type { Db } from '../mongo.js';
import type { EventEnvelope } from '../envelope.js';

/** What has to be known of a fact to tell whether it is known. */
export type FactName = Pick<EventEnvelope, 'id' | 'type' | 'subject' | 'sequence' | 'data'>;

/** Where the handlers of a queue keep the sequence of the last fact about something. */
export interface SequenceKept {
  queue: string;
  /** How the types begin that it is kept of; absent: all that the queue takes. */
  from?: string;
  collection: string;
  /** Path of the sequence in a row. */
  sequence: string;
  /** Path in a row of what the fact is about; default `_id`. */
  key?: string;
  /** What the fact is about; default its subject. */
  keyOf?: (fact: FactName) => string;
}

/** What the queues of a service have handled: by the inbox, or by the rows that their handlers keep in order. */
export class KnownFacts {
  constructor(
    private readonly db: () => Db,
    private readonly kept: readonly SequenceKept[] = [],
  ) {}

  /** @returns ids of those of the facts that the queue has never handled, nor a later one of their subject */
  async missing(queue: string, facts: readonly FactName[]): Promise<string[]> {
    const received = await this.received(queue, facts);
    let left = facts.filter(({ id }) => !received.has(`${queue}|${id}`));
    const inbox = { queue, collection: 'inbox_sequences', sequence: 'sequence' };
    const ofInbox = ({ subject }: FactName) => `${queue}|${subject}`;
    for (const kept of [{ ...inbox, keyOf: ofInbox }, ...this.kept])
      if (kept.queue === queue) left = await this.unknown(left, kept);
    return left.map(({ id }) => id);
  }

  private async received(queue: string, facts: readonly FactName[]): Promise<Set<string>> {
    const ids = facts.map(({ id }) => `${queue}|${id}`);
    const rows = this.db().collection<{ _id: string }>('inbox');
    const found = await rows.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
    return new Set(found.map(({ _id }) => _id));
  }

  /** Those of which the rows know neither this sequence nor a later one. */
  private async unknown(facts: FactName[], kept: SequenceKept): Promise<FactName[]> {
    const { from = '', collection, sequence, key = '_id', keyOf = ({ subject }: FactName) => subject } = kept;
    const asked = new Map(facts.filter(({ type }) => type.startsWith(from)).map((fact) => [fact, keyOf(fact)]));
    if (asked.size === 0) return facts;
    const rows = await this.db()
      .collection(collection)
      .find({ [key]: { $in: [...asked.values()] as never[] } }, { projection: { [key]: 1, [sequence]: 1 } })
      .toArray();
    const known = new Map(rows.map((row) => [valueAt(row, key), Number(valueAt(row, sequence) ?? -1)]));
    return facts.filter((fact) => !((known.get(asked.get(fact)) ?? -1) >= fact.sequence));
  }
}
