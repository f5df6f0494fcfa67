import { RepeatedWork } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import { type Channel, type ChannelModel, connect } from 'amqplib';

/** Short at first: most brokers that go are back at once. */
const pausesMs = [200, 30_000] as const;
/** What is lost sooner than this was none to begin with: the next pause is longer still. */
const steadyMs = 10_000;
/** A service starts without its broker after this long: the outbox keeps what it says meanwhile. */
const firstConnectionMs = 10_000;

/**
 * A connection that comes back: after every (re)connection `setup` declares and subscribes everything anew. A channel
 * that fails takes the connection along, so there is one way to recover from anything.
 */
export class AmqpConnection {
  ready = false;
  private model?: ChannelModel;
  private closing = false;
  private readonly first = Promise.withResolvers<void>();
  private readonly logger: Logger;
  private readonly work: RepeatedWork;
  private started = false;

  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly setup: (model: ChannelModel) => Promise<void>,
  ) {
    this.logger = new Logger(`Amqp:${name}`);
    this.work = new RepeatedWork({
      name: `amqp.${name.replaceAll(' ', '-')}`,
      run: () => this.keep(),
      failureMs: pausesMs,
      logger: this.logger,
    });
  }

  /** Resolves when connected, or after ten seconds without success; trying goes on until {@link close}. */
  async start(): Promise<void> {
    const timer = setTimeout(() => {
      this.logger.warn('no broker yet: going on without, and trying again');
      this.first.resolve();
    }, firstConnectionMs);
    if (!this.started) this.work.start(0);
    this.started = true;
    await this.first.promise;
    clearTimeout(timer);
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.model?.close().catch(ignore);
    await this.work.stop();
    this.first.resolve();
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

  /** Until it is lost. @throws Error when it is, or there was none */
  private async keep(): Promise<void> {
    if (this.closing) return;
    let steady: NodeJS.Timeout | undefined;
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
      steady = setTimeout(() => this.work.succeeded(), steadyMs).unref();
      this.first.resolve();
      await lost;
    } finally {
      clearTimeout(steady);
      this.ready = false;
      this.model = undefined;
    }
    if (!this.closing) throw new Error('the connection was lost');
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
}

/** A broker that vanished without a word is noticed after two missed heartbeats. */
function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', '10');
  return parsed.toString();
}

const ignore = (): void => undefined;
