import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { AmqpLive } from './amqp/live.js';
import type { EventEnvelope } from './envelope.js';
import type { BusConfig } from './bus-config.js';

/**
 * Events for browsers that are connected now: each replica gets every event of the types it names, while it listens;
 * nothing is kept, nothing acknowledged, no database needed.
 */
export class LiveSubscriber implements OnApplicationShutdown {
  private readonly logger = new Logger(LiveSubscriber.name);
  private readonly amqp?: AmqpLive;
  private readonly stops: (() => void)[] = [];

  constructor(private readonly bus: BusConfig) {
    const failed = (error: unknown) => this.logger.error(`live handler: ${String(error)}`);
    if (bus.kind === 'amqp') this.amqp = new AmqpLive(bus.url, bus.namespace, failed);
  }

  /** False while events of other processes cannot come. */
  get connected(): boolean {
    return this.amqp?.connected ?? true;
  }

  /** Gets events once it has resolved; a lost connection is taken up again, what happened meanwhile is missed. */
  async subscribe(types: readonly string[], handler: (event: EventEnvelope) => void): Promise<void> {
    if (this.bus.kind === 'in-process') this.stops.push(this.bus.bus.subscribe(types, handler));
    else await this.amqp?.subscribe(types, handler);
  }

  async close(): Promise<void> {
    for (const stop of this.stops.splice(0)) stop();
    await this.amqp?.close();
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}
