import type { ConfirmChannel, Message, Options } from 'amqplib';
import type { PublishOutcome } from '../transport.js';

/** Publishes with confirms, and says when the broker had no queue for a message. */
export class Publisher {
  private channel?: ConfirmChannel;
  private readonly returned = new Set<string>();

  attach(channel: ConfirmChannel): void {
    this.channel = channel;
    this.returned.clear();
    // The broker returns a message before it confirms it.
    channel.on('return', ({ fields, properties }: Message) => {
      this.returned.add(keyOf(fields.exchange, fields.routingKey, properties.messageId as string));
    });
  }

  /** @throws Error when the broker did not confirm: it may or may not have taken the message. */
  publish(
    exchange: string,
    routingKey: string,
    body: Buffer,
    options: Options.Publish & { messageId: string },
  ): Promise<PublishOutcome> {
    return new Promise((resolve, reject) => {
      if (!this.channel) return reject(new Error('no connection'));
      this.channel.publish(exchange, routingKey, body, { persistent: true, ...options }, (error) => {
        if (error) return reject(error instanceof Error ? error : new Error(String(error)));
        resolve(this.returned.delete(keyOf(exchange, routingKey, options.messageId)) ? 'unroutable' : 'taken');
      });
    });
  }
}

const keyOf = (exchange: string, routingKey: string, id: string) => `${exchange}|${routingKey}|${id}`;
