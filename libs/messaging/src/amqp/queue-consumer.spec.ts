import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Channel, ConsumeMessage } from 'amqplib';
import { Names } from '../topology.js';
import type { Publisher } from './publisher.js';
import { QueueConsumer } from './queue-consumer.js';

const HOUR_MS = 3_600_000;

/** A queue that gives each message again that comes back to it. */
class FakeChannel {
  deliver: (message: ConsumeMessage) => void = () => undefined;
  acknowledged = 0;
  async prefetch(): Promise<void> {}
  async consume(_queue: string, deliver: (message: ConsumeMessage) => void) {
    this.deliver = deliver;
    return { consumerTag: 'tag' };
  }
  nack(message: ConsumeMessage): void {
    setTimeout(() => this.deliver(message), 1);
  }
  ack(): void {
    this.acknowledged += 1;
  }
  async cancel(): Promise<void> {}
  async close(): Promise<void> {}
}

const message = (n: number) =>
  ({
    content: Buffer.from('{}'),
    fields: {},
    properties: { messageId: `m${n}`, headers: { 'x-subject': `s${n}` } },
  }) as unknown as ConsumeMessage;

let lines: string[];
beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z') });
  lines = [];
  for (const level of ['warn', 'error'] as const)
    jest.spyOn(Logger.prototype, level).mockImplementation((line: unknown) => void lines.push(String(line)));
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

async function consuming(passesOn: () => boolean) {
  let attempts = 0;
  const publisher = {
    publish: async () => {
      if (!passesOn()) throw new Error('no connection');
      return 'taken';
    },
  } as unknown as Publisher;
  const options = { queue: 'tests', names: new Names(), retryDelays: [1_000] };
  const handle = async () => {
    attempts += 1;
    throw new Error('cannot be handled');
  };
  const consumer = new QueueConsumer(options, { batch: 1, together: handle, alone: handle }, publisher);
  const channel = new FakeChannel();
  await consumer.attach(channel as unknown as Channel, () => undefined);
  return { consumer, channel, attempts: () => attempts };
}

describe('messages that can neither be handled nor passed on', () => {
  it('go back to their queue ever more seldom, however many they are', async () => {
    const { consumer, channel, attempts } = await consuming(() => false);
    for (let n = 0; n < 16; n += 1) channel.deliver(message(n));
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(attempts()).toBeGreaterThan(16 * 50);
    expect(attempts()).toBeLessThan(16 * 140);
    expect(lines.length).toBeLessThan(14);
    await consumer.drain();
  });

  it('do not hold up the end of the process', async () => {
    const { consumer, channel } = await consuming(() => false);
    channel.deliver(message(1));
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    let drained = false;
    void consumer.drain().then(() => (drained = true));
    await jest.advanceTimersByTimeAsync(0);
    expect(drained).toBe(true);
  });

  it('go on at their first pauses once they can be passed on again', async () => {
    let works = false;
    const { consumer, channel, attempts } = await consuming(() => works);
    channel.deliver(message(1));
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    works = true;
    await jest.advanceTimersByTimeAsync(61_000);
    expect(channel.acknowledged).toBe(1);
    works = false;
    const before = attempts();
    channel.deliver(message(2));
    await jest.advanceTimersByTimeAsync(1_100);
    expect(attempts()).toBe(before + 2);
    await consumer.drain();
  });
});
