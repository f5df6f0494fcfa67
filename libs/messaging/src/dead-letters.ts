import { AmqpDeadLetters } from './amqp/dead-letters.js';
import { DeadLetterStore } from './in-process/dead-letter-store.js';
import type { Db } from './mongo.js';
import type { Topology } from './topology.js';
import type { BusConfig } from './transport.js';

/** A message that was given up, with the reason. */
export interface DeadLetter {
  /** Id of the event; of the parking itself when the message has none. */
  id: string;
  queue: string;
  type?: string;
  subject?: string;
  error: string;
  /** How often it was tried. */
  attempts: number;
  firstFailedAt: string;
  parkedAt: string;
  body: string;
}

export interface DeadLetters {
  /** The oldest thousand of one queue, or of every queue. */
  list(queue?: string): Promise<DeadLetter[]>;
  /** Sends them back to the queue that they came from, with all their attempts; gives how many. */
  replay(queue: string, ids: string[] | 'all'): Promise<number>;
  /** Gives how many were deleted. */
  drop(queue: string, ids: string[] | 'all'): Promise<number>;
  close(): Promise<void>;
}

/** `db` is the one that the in-process bus was made with: its dead letters can be seen from any process. */
export type DeadLetterSource = BusConfig | { kind: 'in-process'; db: Db };

/** The dead letters of every queue of the topology. Close it when done. */
export function deadLetters(source: DeadLetterSource, topology: Topology): DeadLetters {
  if (source.kind === 'amqp') return new AmqpDeadLetters(source.url, topology, source.namespace);
  return 'bus' in source ? source.bus.deadLetters : new DeadLetterStore(source.db);
}
