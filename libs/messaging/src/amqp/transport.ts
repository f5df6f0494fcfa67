import type { ChannelModel } from 'amqplib';
import { Names } from '../topology.js';
import {
  type Consumer,
  defaultRetryDelays,
  type OutgoingMessage,
  type PublishOutcome,
  type Transport,
  type TransportOptions,
} from '../transport.js';
import { AmqpConnection } from './connection.js';
import { declareTopology, unbindOthers } from './declare.js';
import { Publisher } from './publisher.js';
import { QueueConsumer } from './queue-consumer.js';

/**
 * RabbitMQ for one service. Two connections, as the broker stops reading from one that publishes too fast, and
 * acknowledgements must still come through then.
 */
export class AmqpTransport implements Transport {
  private readonly names: Names;
  private readonly delays: readonly number[];
  private readonly publisher = new Publisher();
  private readonly failures = new Publisher();
  private readonly publishing: AmqpConnection;
  private readonly consuming: AmqpConnection;
  private readonly consumers: QueueConsumer[] = [];
  private readonly whenReady: (() => void)[] = [];

  constructor(
    url: string,
    private readonly options: TransportOptions,
  ) {
    this.names = new Names(options.namespace);
    this.delays = options.retryDelays ?? defaultRetryDelays;
    const name = this.names.ofConnection(options.service);
    this.publishing = new AmqpConnection(url, `${name} out`, (model) => this.setUpPublishing(model));
    this.consuming = new AmqpConnection(url, `${name} in`, (model) => this.setUpConsuming(model));
  }

  get ready(): boolean {
    return this.publishing.ready;
  }

  get connected(): boolean {
    return this.publishing.ready && (this.consumers.length === 0 || this.consuming.ready);
  }

  onReady(callback: () => void): void {
    this.whenReady.push(callback);
  }

  async connect(): Promise<void> {
    await this.publishing.start();
    if (this.consumers.length > 0) await this.consuming.start();
  }

  publish(messages: OutgoingMessage[]): Promise<PublishOutcome>[] {
    return messages.map(({ id, type, subject, body, live, to }) =>
      // The default exchange knows each queue by its name.
      this.publisher.publish(to ? '' : this.names.exchange, to ? this.names.queue(to) : type, Buffer.from(body), {
        messageId: id,
        type,
        contentType: 'application/cloudevents+json',
        mandatory: !live,
        headers: { 'x-subject': subject },
      }),
    );
  }

  consume(queue: string, consumer: Consumer): void {
    const options = { queue, names: this.names, retryDelays: this.delays };
    this.consumers.push(new QueueConsumer(options, consumer, this.failures));
  }

  async stopConsuming(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.drain()));
    await this.consuming.close();
  }

  async close(): Promise<void> {
    await this.publishing.close();
  }

  private async setUpPublishing(model: ChannelModel): Promise<void> {
    const channel = this.publishing.watch(await model.createConfirmChannel(), 'events');
    await declareTopology(channel, this.names, this.options.topology, this.delays);
    this.publisher.attach(channel);
    // After `ready` is set, which happens when this function has returned.
    setImmediate(() => this.whenReady.forEach((callback) => callback()));
  }

  private async setUpConsuming(model: ChannelModel): Promise<void> {
    const failures = this.consuming.watch(await model.createConfirmChannel(), 'failures');
    await declareTopology(failures, this.names, this.options.topology, this.delays);
    this.failures.attach(failures);
    for (const consumer of this.consumers) {
      const channel = this.consuming.watch(await model.createChannel(), 'a queue');
      await unbindOthers(channel, this.names, this.options.topology, consumer.queue);
      await consumer.attach(channel, () => this.consuming.drop('the broker cancelled a consumer'));
    }
  }
}
