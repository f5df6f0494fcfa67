import { Logger } from '@nestjs/common';
import { type Channel, type ChannelModel, connect } from 'amqplib';

const shortestPauseMs = 200;
const longestPauseMs = 10_000;
/** A service starts without its broker after this long: the outbox keeps what it says meanwhile. */
const firstConnectionMs = 10_000;

/**
 * A connection that comes back: after every (re)connection `setup` declares and subscribes everything anew. A channel
 * that fails takes the connection along, so there is one way to recover from anything.
 */
export class AmqpConnection {
  ready = false;
  private model?: ChannelModel;
  private running?: Promise<void>;
  private closing = false;
  private readonly first = Promise.withResolvers<void>();
  private readonly logger: Logger;
  private interrupt: () => void = () => undefined;

  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly setup: (model: ChannelModel) => Promise<void>,
  ) {
    this.logger = new Logger(`Amqp:${name}`);
  }

  /** Resolves when connected, or after ten seconds without success; trying goes on until {@link close}. */
  async start(): Promise<void> {
    const timer = setTimeout(() => {
      this.logger.warn('no broker yet: going on without, and trying again');
      this.first.resolve();
    }, firstConnectionMs);
    this.running ??= this.keep();
    await this.first.promise;
    clearTimeout(timer);
  }

  async close(): Promise<void> {
    this.closing = true;
    this.interrupt();
    await this.model?.close().catch(ignore);
    await this.running;
  }

  /** Starts again from the beginning. */
  drop(reason: string): void {
    if (this.closing || !this.model) return;
    this.logger.warn(`connecting again: ${reason}`);
    this.ready = false;
    void this.model.close().catch(ignore);
  }

  /** Watches a channel that this connection cannot do without. */
  watch<T extends Channel>(channel: T, purpose: string): T {
    channel.on('error', (error) => this.drop(`channel for ${purpose}: ${String(error)}`));
    return channel;
  }

  private async keep(): Promise<void> {
    for (let failures = 0; !this.closing; failures += 1) {
      try {
        const model = await connect(withHeartbeat(this.url), {
          noDelay: true,
          timeout: 10_000,
          clientProperties: { connection_name: this.name },
        });
        const lost = new Promise<void>((resolve) => model.once('close', () => resolve()));
        model.on('error', (error) => this.logger.warn(`connection: ${String(error)}`));
        this.model = model;
        if (this.closing) await model.close();
        else await this.prepare(model);
        failures = 0;
        this.first.resolve();
        await lost;
      } catch (error) {
        if (!this.closing) this.logger.warn(`no connection: ${String(error)}`);
      }
      this.ready = false;
      this.model = undefined;
      if (!this.closing) await this.pause(failures);
    }
    this.first.resolve();
  }

  private async prepare(model: ChannelModel): Promise<void> {
    try {
      await this.setup(model);
      this.ready = true;
    } catch (error) {
      await model.close().catch(ignore);
      throw error;
    }
  }

  /** Exponential with jitter: replicas that lost the broker together must not come back together. */
  private async pause(failures: number): Promise<void> {
    const longest = Math.min(longestPauseMs, shortestPauseMs * 2 ** Math.min(failures, 10));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2));
      this.interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** A broker that vanished without a word is noticed after two missed heartbeats. */
function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', '10');
  return parsed.toString();
}

const ignore = (): void => undefined;
