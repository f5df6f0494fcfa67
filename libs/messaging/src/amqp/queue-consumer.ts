import { FailureLog, GrowingPause } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import type { Channel, ConsumeMessage } from 'amqplib';
import { DeliveryBatches } from '../delivery-batches.js';
import { PoisonMessage } from '../envelope.js';
import { deadLettered, retried } from '../metrics.js';
import type { Names } from '../topology.js';
import { concurrency, type Consumer } from '../transport.js';
import { failureHeaders, idOf, subjectOf } from './headers.js';
import type { Publisher } from './publisher.js';

const requeueMs = [1_000, 60_000] as const;

export interface QueueConsumerOptions {
  queue: string;
  names: Names;
  retryDelays: readonly number[];
}

/**
 * Handles one queue; a message is acknowledged after its handler committed, or after its next place confirmed it. The
 * order of messages about one subject holds within a replica; between replicas that share the queue, and after a retry,
 * only `sequence` tells what is older (`stale: 'ignore'`).
 */
export class QueueConsumer {
  private readonly logger: Logger;
  private readonly failures = new FailureLog((line) => this.logger.warn(line));
  /** Outlive connections: what is delivered again must not overtake its own first delivery. */
  private readonly batches: DeliveryBatches;
  private current?: { channel: Channel; tag: string };
  private readonly draining = new AbortController();
  private readonly requeuePauses = new GrowingPause(requeueMs);
  /** Shared by all that cannot be passed on meanwhile: together they are one failure. */
  private requeuePause?: Promise<void>;

  constructor(
    private readonly options: QueueConsumerOptions,
    private readonly consumer: Consumer,
    private readonly publisher: Publisher,
  ) {
    this.batches = new DeliveryBatches(consumer, concurrency);
    this.logger = new Logger(`Queue:${options.queue}`);
  }

  get queue(): string {
    return this.options.queue;
  }

  /** @param cancelled called when the broker ends the subscription, as it does when the queue is deleted */
  async attach(channel: Channel, cancelled: () => void): Promise<void> {
    const { queue, names } = this.options;
    // The next batch is here while one is handled.
    await channel.prefetch(Math.max(concurrency, 2 * this.consumer.batch));
    const { consumerTag } = await channel.consume(names.queue(queue), (message) => {
      if (message) this.accept(channel, message);
      else cancelled();
    });
    this.current = { channel, tag: consumerTag };
  }

  /** Takes nothing more and resolves when the handlers under way are acknowledged; the rest returns to the queue. */
  async drain(): Promise<void> {
    this.draining.abort();
    const { current } = this;
    await current?.channel.cancel(current.tag).catch(ignore);
    this.batches.stop();
    await this.batches.idle();
    await current?.channel.close().catch(ignore);
  }

  private accept(channel: Channel, message: ConsumeMessage): void {
    if (this.draining.signal.aborted) return;
    this.batches.add({
      subject: subjectOf(message),
      body: message.content,
      succeeded: () => answer(() => channel.ack(message)),
      failed: async (error) => {
        if (await this.passOn(message, error)) return answer(() => channel.ack(message));
        // Neither handled nor kept elsewhere: the queue has it again, after a pause lest it spins.
        await this.pauseBeforeRequeue();
        answer(() => channel.nack(message, false, true));
      },
    });
  }

  private pauseBeforeRequeue(): Promise<void> {
    const { signal } = this.draining;
    this.requeuePause ??= new Promise<void>((resolve) => {
      if (signal.aborted) return resolve();
      const timer = setTimeout(resolve, this.requeuePauses.next());
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }).finally(() => (this.requeuePause = undefined));
    return this.requeuePause;
  }

  /** To the retry queue or the dead letters; false when the broker did not confirm. */
  private async passOn(message: ConsumeMessage, error: unknown): Promise<boolean> {
    const { queue, names, retryDelays } = this.options;
    const failure = failureHeaders(message, error);
    const attempts = failure['x-attempts'];
    const delay = error instanceof PoisonMessage ? undefined : retryDelays[attempts - 1];
    const properties = {
      messageId: idOf(message),
      contentType: message.properties.contentType as string | undefined,
      type: message.properties.type as string | undefined,
      mandatory: true,
    };
    const kept = { 'x-subject': subjectOf(message), ...failure };
    try {
      const outcome =
        delay === undefined
          ? await this.publisher.publish('', names.dead(queue), message.content, {
              ...properties,
              headers: { ...kept, 'x-parked-at': new Date().toISOString() },
            })
          : await this.publisher.publish(names.retry(delay), names.queue(queue), message.content, {
              ...properties,
              headers: kept,
            });
      if (outcome === 'unroutable') throw new Error('its queue is gone');
    } catch (fault) {
      this.failures.failed(`${properties.messageId} failed and could not be passed on`, fault);
      return false;
    }
    this.requeuePauses.reset();
    this.failures.succeeded();
    if (delay === undefined) {
      deadLettered.inc({ queue });
      this.logger.error(`${properties.messageId} is a dead letter after ${attempts} attempts: ${String(error)}`);
    } else {
      retried.inc({ queue });
      this.logger.warn(`attempt ${attempts} of ${properties.messageId} failed, again in ${delay} ms: ${String(error)}`);
    }
    return true;
  }
}

/** On a channel that closed meanwhile there is nothing to answer: the message is delivered again. */
function answer(send: () => void): void {
  try {
    send();
  } catch {
    // The inbox recognises the second delivery.
  }
}

const ignore = (): void => undefined;
