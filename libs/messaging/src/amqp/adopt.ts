import { type Channel, type ChannelModel, connect, type Options } from 'amqplib';
import { Names, type Topology } from '../topology.js';
import { defaultRetryDelays } from '../transport.js';
import { declareTopology } from './declare.js';
import { idOf } from './headers.js';
import { Publisher } from './publisher.js';

/**
 * Earlier versions named queues after nobody. What still waits in such queues, dead letters and retries included, goes to
 * those of this installation, and the old ones go. Only for a broker that no other installation can have used.
 * @returns how many messages were moved
 */
export async function adoptQueues(
  url: string,
  topology: Topology,
  namespace: string,
  retryDelays: readonly number[] = defaultRetryDelays,
): Promise<number> {
  const [before, now] = [new Names(), new Names(namespace)];
  const model = await connect(url, { clientProperties: { connection_name: now.ofConnection('adoption') } });
  try {
    if (!(await there(model, (channel) => channel.checkExchange(before.exchange)))) return 0;
    const channel = await model.createConfirmChannel();
    await declareTopology(channel, now, topology, retryDelays);
    let moved = 0;
    const queues = Object.keys(topology).flatMap((name) => [
      { from: before.queue(name), to: () => now.queue(name) },
      { from: before.dead(name), to: () => now.dead(name) },
    ]);
    // A message that waits for its next attempt carries the name of its queue, and has it at once.
    const retries = retryDelays.map((delay) => ({ from: before.retry(delay), to: (key: string) => now.queue(key) }));
    for (const { from, to } of [...queues, ...retries]) {
      if (await there(model, (probe) => probe.checkQueue(from))) moved += await move(model, from, to);
    }
    for (const exchange of [before.exchange, ...retryDelays.map((delay) => before.retry(delay))])
      await channel.deleteExchange(exchange);
    await channel.close();
    return moved;
  } finally {
    await model.close();
  }
}

/** Asking for what does not exist closes the channel: each question has one of its own. */
async function there(model: ChannelModel, ask: (channel: Channel) => Promise<unknown>): Promise<boolean> {
  const channel = await model.createChannel();
  channel.on('error', () => undefined);
  try {
    await ask(channel);
    await channel.close();
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === 404) return false;
    throw error;
  }
}

/** Each message is let go of once its new queue has confirmed it. */
async function move(model: ChannelModel, from: string, to: (routingKey: string) => string): Promise<number> {
  const channel = await model.createConfirmChannel();
  const publisher = new Publisher();
  publisher.attach(channel);
  for (let moved = 0; ; moved += 1) {
    const message = await channel.get(from, { noAck: false });
    if (!message) {
      await channel.deleteQueue(from);
      await channel.close();
      return moved;
    }
    const { contentType, type, headers } = message.properties as Options.Publish;
    const options = { messageId: idOf(message), contentType, type, headers, mandatory: true };
    const outcome = await publisher.publish('', to(message.fields.routingKey), message.content, options);
    if (outcome === 'unroutable') throw new Error(`${to(message.fields.routingKey)} does not exist`);
    channel.ack(message);
  }
}
