import type { MongoTransactions } from '@medflow/service-kit';
import type { Db } from './mongo.js';
import { v7 as uuidv7 } from 'uuid';
import { ensureCollection } from './inbox.js';
import { envelopeOf, type OutgoingEvent } from './outgoing-event.js';

/**
 * What waits for the bus. A row that the bus has taken is deleted, not marked: one write either way, but without
 * marks the collection holds the backlog only, so an insert maintains no index beside `_id` and the relay's query
 * reads nothing it does not publish.
 */
export interface OutboxRow {
  /** UUIDv7, so rows sort by the time of their making. */
  _id: string;
  /** Id of the event; absent in rows of earlier releases, where it is that of the row. */
  event?: string;
  type: string;
  subject: string;
  sequence: number;
  live: boolean;
  /** The serialised envelope: published byte by byte as it was stored. */
  body: string;
  at: Date;
  /** The replica that wrote it. */
  relay?: string;
  /** Set when no queue took it. */
  attempts?: number;
  retryAt?: Date;
}

/** Stores facts beside the state that they report on. */
export class Outbox {
  constructor(
    private readonly service: string,
    private readonly db: () => Db,
    private readonly transactions: MongoTransactions,
    private readonly offer: (rows: readonly OutboxRow[]) => void,
    /** Who publishes what is written here; whoever holds the main lease where it is nobody. */
    private readonly relay?: string,
  ) {}

  async prepare(): Promise<void> {
    await ensureCollection(this.db(), 'outbox');
  }

  /**
   * Adds the events to the ambient transaction; they are published, in this order, once it has committed.
   * @throws Error outside a transaction; PoisonMessage when the data breaks its contract or has a field more.
   */
  async append(events: OutgoingEvent[]): Promise<void> {
    if (!this.transactions.session)
      throw new Error('Outbox.append outside a transaction: the facts could part from the state');
    if (events.length === 0) return;
    const rows = events.map((event) => this.row(event));
    await this.transactions.gather(this, rows, (all) => this.insert(all));
  }

  private async insert(rows: OutboxRow[]): Promise<void> {
    this.transactions.writeLast(rows.map((insert) => ({ collection: 'outbox', insert })));
    this.transactions.afterCommit(() => this.offer(rows));
  }

  private row(event: OutgoingEvent): OutboxRow {
    const envelope = envelopeOf(this.service, event);
    const { id, type, subject, sequence } = envelope;
    const body = JSON.stringify(envelope);
    const relay = this.relay === undefined ? {} : { relay: this.relay };
    const { live } = event.contract;
    return { _id: uuidv7(), event: id, type, subject, sequence, live, body, at: new Date(), ...relay };
  }
}
