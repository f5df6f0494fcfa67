import type { Topology } from './topology.js';

/** An event as it leaves the outbox. */
export interface OutgoingMessage {
  id: string;
  type: string;
  subject: string;
  /** The serialised envelope. */
  body: string;
  /** Nobody listening is not a fault. */
  live: boolean;
  /** For this queue alone; absent: for every queue of its type. */
  to?: string;
}

/** `unroutable`: no queue takes this type, so nothing keeps the event but the outbox. */
export type PublishOutcome = 'taken' | 'unroutable';

type Body = Buffer | string;

/** Handles deliveries of one queue; what it resolves is committed. */
export interface Consumer {
  /** How many deliveries may share one transaction. */
  readonly batch: number;
  /** All of them or none. @throws what any of them throws */
  together(bodies: readonly Body[]): Promise<void>;
  /** Waits for a database that is away. @throws PoisonMessage when trying again is useless; else it is tried later. */
  alone(body: Body): Promise<void>;
}

/** What both buses offer to one service. */
export interface Transport {
  /** False while there is no connection: publishing would fail. */
  readonly ready: boolean;
  /** False while events neither come nor go. */
  readonly connected: boolean;
  /** Called whenever the transport becomes ready again. */
  onReady(callback: () => void): void;
  /** Declares the whole topology and starts what `consume` asked for. */
  connect(): Promise<void>;
  /** One promise per message, in order; a rejected one was perhaps not taken and must be published again. */
  publish(messages: OutgoingMessage[]): Promise<PublishOutcome>[];
  /** Before `connect`. */
  consume(queue: string, consumer: Consumer): void;
  /** Stops taking deliveries and resolves when the handlers under way are done and acknowledged. */
  stopConsuming(): Promise<void>;
  close(): Promise<void>;
}

export interface TransportOptions {
  /** For names of connections and logs. */
  service: string;
  topology: Topology;
  /** Put before the names of exchanges and queues: isolates installations, and tests, that share a broker. */
  namespace?: string;
  /** Milliseconds before the second, third, … attempt. Default 1 s, 10 s, 1 min, 10 min. */
  retryDelays?: readonly number[];
}

export const defaultRetryDelays: readonly number[] = [1_000, 10_000, 60_000, 600_000];

/** Deliveries of one queue that are tried each in a transaction of its own at the same time. */
export const concurrency = 16;
