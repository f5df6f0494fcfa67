import { remembered } from '@medflow/service-kit';
import { type ConfirmChannel, connect, type GetMessage } from 'amqplib';
import type { DeadLetter, DeadLetters } from '../dead-letter.js';
import { Names, type Topology } from '../topology.js';
import { idOf, letterOf, subjectOf } from './headers.js';
import { Publisher } from './publisher.js';

const most = 1_000;

/** Dead letters of RabbitMQ: looked at without taking them away. */
export class AmqpDeadLetters implements DeadLetters {
  private readonly names: Names;
  private connected = false;

  constructor(
    private readonly url: string,
    private readonly topology: Topology,
    namespace?: string,
  ) {
    this.names = new Names(namespace);
  }

  private readonly model = remembered(async () => {
    const connection_name = this.names.ofConnection('dead letters');
    const model = await connect(this.url, { clientProperties: { connection_name } });
    this.connected = true;
    return model;
  });

  async list(queue?: string): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    for (const name of queue ? [queue] : Object.keys(this.topology)) {
      // Never answered, so everything is back in its place when the channel closes.
      await this.each(name, async (message) => void letters.push(letterOf(message, name)));
    }
    return letters;
  }

  async replay(queue: string, ids: string[] | 'all'): Promise<number> {
    let replayed = 0;
    await this.each(queue, async (message, channel, publisher) => {
      if (ids !== 'all' && !ids.includes(idOf(message))) return;
      const outcome = await publisher.publish('', this.names.queue(queue), message.content, {
        messageId: idOf(message),
        contentType: message.properties.contentType as string | undefined,
        type: message.properties.type as string | undefined,
        headers: { 'x-subject': subjectOf(message) },
        mandatory: true,
      });
      if (outcome === 'unroutable') throw new Error(`there is no queue ${queue}`);
      channel.ack(message);
      replayed += 1;
    });
    return replayed;
  }

  async drop(queue: string, ids: string[] | 'all'): Promise<number> {
    let dropped = 0;
    await this.each(queue, async (message, channel) => {
      if (ids !== 'all' && !ids.includes(idOf(message))) return;
      channel.ack(message);
      dropped += 1;
    });
    return dropped;
  }

  async close(): Promise<void> {
    if (this.connected) await (await this.model()).close();
  }

  /** @throws Error when the queue has no dead letters queue on this broker. */
  private async each(
    queue: string,
    visit: (message: GetMessage, channel: ConfirmChannel, publisher: Publisher) => Promise<void>,
  ): Promise<void> {
    const channel = await (await this.model()).createConfirmChannel();
    // Reported by the operation that failed; unheard, it would end the process.
    channel.on('error', () => undefined);
    const publisher = new Publisher();
    publisher.attach(channel);
    for (let count = 0; count < most; count += 1) {
      const message = await channel.get(this.names.dead(queue), { noAck: false });
      if (!message) break;
      await visit(message, channel, publisher);
    }
    await channel.close();
  }
}
