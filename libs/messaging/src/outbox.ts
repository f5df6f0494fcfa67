import type { Contract } from '@medflow/contracts';
import { correlation, type MongoTransactions } from '@medflow/service-kit';
import type { Db } from './mongo.js';
import { v7 as uuidv7 } from 'uuid';
import { type EventEnvelope, writeData } from './envelope.js';
import { ensureCollection } from './inbox.js';

/** A fact to publish; the rest of the envelope is filled in. */
export interface OutgoingEvent<T extends object = object> {
  contract: Contract<T>;
  /** Id of the aggregate. */
  subject: string;
  /** Version of the aggregate after the fact. */
  sequence: number;
  data: T;
  /** When it happened; default now. */
  time?: Date;
}

/**
 * What waits for the bus. A row that the bus has taken is deleted, not marked: one write either way, but without
 * marks the collection holds the backlog only, so an insert maintains no index beside `_id` and the relay's query
 * reads nothing it does not publish.
 */
export interface OutboxRow {
  /** Id of the event: UUIDv7, so rows sort by the time of their making. */
  _id: string;
  type: string;
  subject: string;
  sequence: number;
  live: boolean;
  /** The serialised envelope: published byte by byte as it was stored. */
  body: string;
  at: Date;
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
  ) {}

  async prepare(): Promise<void> {
    await ensureCollection(this.db(), 'outbox');
  }

  /**
   * Adds the events to the ambient transaction; they are published, in this order, once it has committed.
   * @throws Error outside a transaction; PoisonMessage when the data breaks its contract or has a field more.
   */
  async append(events: OutgoingEvent[]): Promise<void> {
    const { session } = this.transactions;
    if (!session) throw new Error('Outbox.append outside a transaction: the facts could part from the state');
    if (events.length === 0) return;
    const rows = events.map((event) => this.row(event));
    await this.db().collection<OutboxRow>('outbox').insertMany(rows, { session });
    this.transactions.afterCommit(() => this.offer(rows));
  }

  private row({ contract, subject, sequence, data, time = new Date() }: OutgoingEvent): OutboxRow {
    const context = correlation.current();
    const id = uuidv7();
    const envelope: EventEnvelope = {
      specversion: '1.0',
      id,
      source: `/medflow/${this.service}`,
      type: contract.type,
      subject,
      time: time.toISOString(),
      datacontenttype: 'application/json',
      correlationid: context?.correlationId ?? id,
      ...(context?.causationId && { causationid: context.causationId }),
      ...(context?.traceparent && { traceparent: context.traceparent }),
      sequence,
      data: writeData(contract, data),
    };
    const body = JSON.stringify(envelope);
    return { _id: id, type: contract.type, subject, sequence, live: contract.live, body, at: new Date() };
  }
}
