import { AmqpDeadLetters } from './amqp/dead-letters.js';
import type { BusConfig } from './bus-config.js';
import type { DeadLetters } from './dead-letter.js';
import { DeadLetterStore } from './in-process/dead-letter-store.js';
import type { Db } from './mongo.js';
import type { Topology } from './topology.js';

/** `db` is the one that the in-process bus was made with: its dead letters can be seen from any process. */
export type DeadLetterSource = BusConfig | { kind: 'in-process'; db: Db };

/** The dead letters of every queue of the topology. Close it when done. */
export function deadLetters(source: DeadLetterSource, topology: Topology): DeadLetters {
  if (source.kind === 'amqp') return new AmqpDeadLetters(source.url, topology, source.namespace);
  return 'bus' in source ? source.bus.deadLetters : new DeadLetterStore(source.db);
}
