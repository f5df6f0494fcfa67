import type { OnApplicationShutdown } from '@nestjs/common';
import type { EventEnvelope } from './envelope.js';
import type { BusConfig } from './transport.js';

/**
 * Events for browsers that are connected now: each replica gets every event of the types it names, while it listens;
 * nothing is kept, nothing acknowledged, no database needed.
 */
export class LiveSubscriber implements OnApplicationShutdown {
  private readonly stops: (() => void | Promise<void>)[] = [];

  constructor(private readonly bus: BusConfig) {}

  /** From the first resolved call on; a lost connection is taken up again. */
  async subscribe(types: readonly string[], handler: (event: EventEnvelope) => void): Promise<void> {
    if (this.bus.kind === 'in-process') this.stops.push(this.bus.bus.subscribe(types, handler));
  }

  async close(): Promise<void> {
    await Promise.all(this.stops.splice(0).map((stop) => stop()));
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}
