import type { ChannelModel } from 'amqplib';
import { type EventEnvelope, parseEnvelope } from '../envelope.js';
import { Names } from '../topology.js';
import { AmqpConnection } from './connection.js';

interface Listener {
  types: readonly string[];
  handler: (event: EventEnvelope) => void;
}

/** Exclusive queues that vanish with their connection and are declared anew with the next one. */
export class AmqpLive {
  private readonly names: Names;
  private readonly connection: AmqpConnection;
  private readonly listeners = new Set<Listener>();
  private model?: ChannelModel;

  constructor(
    url: string,
    namespace: string | undefined,
    private readonly failed: (error: unknown) => void,
  ) {
    this.names = new Names(namespace);
    this.connection = new AmqpConnection(url, this.names.ofConnection('live'), async (model) => {
      this.model = model;
      for (const listener of this.listeners) await this.listen(model, listener);
    });
  }

  get connected(): boolean {
    return this.connection.ready;
  }

  async subscribe(types: readonly string[], handler: (event: EventEnvelope) => void): Promise<void> {
    const listener = { types, handler };
    if (this.connection.ready && this.model) await this.listen(this.model, listener);
    this.listeners.add(listener);
    await this.connection.start();
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async listen(model: ChannelModel, { types, handler }: Listener): Promise<void> {
    const channel = this.connection.watch(await model.createChannel(), 'live events');
    await channel.assertExchange(this.names.exchange, 'topic', { durable: true });
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false });
    for (const type of types) await channel.bindQueue(queue, this.names.exchange, type);
    await channel.consume(
      queue,
      (message) => {
        if (!message) return this.connection.drop('the broker cancelled a live queue');
        try {
          handler(parseEnvelope(message.content));
        } catch (error) {
          this.failed(error);
        }
      },
      { noAck: true },
    );
  }
}
