import type { Channel } from 'amqplib';
import type { Names, Topology } from '../topology.js';

/**
 * Deliveries that end without an answer, that is by a consumer that died, after which the broker parks a message.
 * RabbitMQ 4 would say 20, which a few restarts under load use up; 3.10 knows no way to say « never ».
 */
const deliveryLimit = 1_000;
/** Looking at dead letters returns them to their queue: that must never use them up. */
const unlimited = 1_000_000_000;

/** Dead-lettering by the broker confirms before it lets go of the original; needs the overflow setting beside it. */
const safely = { 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' };

/**
 * Declares the exchange, every queue with its bindings and dead letters, and the retry queues.
 * @throws the channel's error when something of the same name exists with other arguments.
 */
export async function declareTopology(
  channel: Channel,
  names: Names,
  topology: Topology,
  retryDelays: readonly number[],
): Promise<void> {
  await channel.assertExchange(names.exchange, 'topic', { durable: true });
  for (const [name, types] of Object.entries(topology)) {
    await channel.assertQueue(names.dead(name), quorum({ 'x-delivery-limit': unlimited }));
    await channel.assertQueue(
      names.queue(name),
      quorum({
        'x-delivery-limit': deliveryLimit,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': names.dead(name),
        ...safely,
      }),
    );
    for (const type of types) await channel.bindQueue(names.queue(name), names.exchange, type);
  }
  for (const delay of new Set(retryDelays)) await declareRetry(channel, names.retry(delay), delay);
}

/** An earlier version may have bound the queue to types that it takes no more. */
export async function unbindOthers(channel: Channel, names: Names, topology: Topology, queue: string): Promise<void> {
  const types = new Set(Object.values(topology).flat());
  for (const type of types)
    if (!topology[queue]?.includes(type)) await channel.unbindQueue(names.queue(queue), names.exchange, type);
}

/**
 * One queue for everything that waits equally long. Messages keep the routing key that they came with, the name of
 * their own queue, so the default exchange takes them back to exactly that one.
 */
async function declareRetry(channel: Channel, name: string, delayMs: number): Promise<void> {
  await channel.assertExchange(name, 'fanout', { durable: true });
  await channel.assertQueue(
    name,
    quorum({ 'x-message-ttl': delayMs, 'x-dead-letter-exchange': '', 'x-delivery-limit': unlimited, ...safely }),
  );
  await channel.bindQueue(name, name, '');
}

const quorum = (settings: Record<string, unknown>) => ({
  durable: true,
  arguments: { 'x-queue-type': 'quorum', ...settings },
});
