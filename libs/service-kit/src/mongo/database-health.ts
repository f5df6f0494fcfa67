import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { Subject } from 'rxjs';
import { DatabaseUnavailable } from './outage.js';

/** A lost connection that is back within this is nobody's outage: requests wait for it instead of being refused. */
const PATIENCE_MS = 500;
/** Between two looks for a database that is out of reach: services see its return nearly together, for they wait for each other's news. */
const LOOK_MS = { first: 200, longest: 500 };

/** Servers that take writes; a secondary, or a primary that has stepped down, takes none. */
const WRITABLE: ReadonlySet<string> = new Set(['RSPrimary', 'Mongos', 'LoadBalancer', 'Standalone']);

const takesWrites = ({ servers }: mongo.TopologyDescription): boolean =>
  [...servers.values()].some(({ type }) => WRITABLE.has(type));

/**
 * Knows from the driver's own monitoring whether there is a database to write to, so that nobody waits for one that is
 * known to be gone. While it is gone this looks for it, ever more slowly: refused requests would not.
 */
@Injectable()
export class DatabaseHealth implements OnModuleDestroy {
  private readonly logger = new Logger(DatabaseHealth.name);
  private readonly client: mongo.MongoClient;
  /** How often it was lost, even for a moment: each time, answers to what was sent may have been lost with it. */
  losses = 0;
  /** Emits when it has been out of reach for longer than a moment. */
  readonly lost = new Subject<void>();
  /** Emits when it can be reached again, after however short a loss. */
  readonly back = new Subject<void>();
  private downSince: number | undefined;
  private looking = false;
  private closing = false;

  constructor(@InjectConnection() private readonly connection: Connection) {
    this.client = connection.getClient();
    this.client.on('topologyDescriptionChanged', this.follow);
  }

  /** False once it has been out of reach for longer than a moment. */
  get up(): boolean {
    return this.downSince === undefined || Date.now() - this.downSince < PATIENCE_MS;
  }

  /** False from the first sign of a loss. */
  get reachable(): boolean {
    return this.downSince === undefined;
  }

  /** @throws DatabaseUnavailable at once while it is known to be out of reach */
  check(): void {
    if (!this.up) throw new DatabaseUnavailable('the database is out of reach');
  }

  /**
   * Asks for what touches its storage: a server whose disk was full may still answer a ping.
   * @throws Error when it does not answer
   */
  async probe(): Promise<void> {
    if (!this.reachable) throw new DatabaseUnavailable('out of reach');
    await this.connection.db!.command({ find: 'health', limit: 1, singleBatch: true });
  }

  onModuleDestroy(): void {
    this.closing = true;
    this.client.off('topologyDescriptionChanged', this.follow);
  }

  private readonly follow = ({ newDescription }: mongo.TopologyDescriptionChangedEvent): void => {
    if (this.closing) return;
    if (takesWrites(newDescription)) return this.reportReturn();
    if (this.downSince !== undefined) return;
    this.downSince = Date.now();
    this.losses += 1;
    setTimeout(() => this.reportLoss(), PATIENCE_MS).unref();
    if (!this.looking) void this.look().finally(() => (this.looking = false));
  };

  private reportLoss(): void {
    if (this.up || this.closing) return;
    this.logger.warn('the database is out of reach: requests are answered 503 until it is back');
    this.lost.next();
  }

  private reportReturn(): void {
    if (this.downSince === undefined) return;
    const lastedMs = Date.now() - this.downSince;
    this.downSince = undefined;
    this.back.next();
    if (lastedMs >= PATIENCE_MS) this.logger.warn(`the database is back after ${(lastedMs / 1000).toFixed(1)} s`);
  }

  /**
   * Choosing a server for a command makes the driver look at once rather than at its next heartbeat. The one server of a
   * direct connection is chosen whatever it is, so its own word counts.
   */
  private async look(): Promise<void> {
    this.looking = true;
    for (let pauseMs = LOOK_MS.first; !this.reachable && !this.closing;) {
      const hello = await this.client
        .db('admin')
        .command({ hello: 1 })
        .catch(() => undefined);
      if (hello?.isWritablePrimary) return this.reportReturn();
      await sleep(pauseMs, undefined, { ref: false });
      pauseMs = Math.min(pauseMs * 1.5, LOOK_MS.longest);
    }
  }
}
