import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MongoTransactions } from '@medflow/service-kit';
import { connect } from 'amqplib';
import { declareTopology } from '../src/amqp/declare.js';
import { adoptQueues, LiveSubscriber } from '../src/index.js';
import { Names } from '../src/topology.js';
import { Proxy } from './proxy.js';
import { eventually, flashed, kinds, noted, pause, retryDelays, topology, MessagingHarness } from './harness.js';

jest.setTimeout(240_000);

/** Shell command that restarts the broker, where the tests own it; without, connections are cut instead. */
const restart = process.env['RABBITMQ_RESTART'];

(kinds.includes('RabbitMQ') ? describe : describe.skip)('when the broker or the way to it fails', () => {
  let harness: MessagingHarness;
  let proxy: Proxy;
  let url: string;

  beforeEach(async () => {
    const broker = new URL(process.env['RABBITMQ_URL']!);
    proxy = await Proxy.to(broker.hostname, Number(broker.port || 5672));
    broker.hostname = '127.0.0.1';
    broker.port = `${proxy.port}`;
    url = broker.toString();
    harness = await MessagingHarness.open('RabbitMQ');
  });
  afterEach(async () => {
    await harness.close();
    await proxy.close();
  });

  it('delivers 5,000 events once in effect although the broker goes away under load', async () => {
    const service = await harness.service({ bus: harness.anotherBus(url) });
    const trouble = (async () => {
      await pause(500);
      if (restart) await promisify(exec)(restart);
      else for (let times = 0; times < 5; times += 1) await pause(300).then(() => proxy.cut());
    })();
    for (let batch = 0; batch < 100; batch += 1) {
      await service.sayAll(
        Array.from({ length: 50 }, (_, index) => `${batch}-${index}`),
        `s${batch % 20}`,
      );
    }
    await trouble;
    const effects = harness.db.collection('effects');
    await eventually(async () => expect(await effects.countDocuments({ effect: 'notes' })).toBe(5_000), 180_000, 1_000);
    expect(new Set(await harness.effects()).size).toBe(5_000);
    await eventually(async () => expect(await harness.outbox.countDocuments()).toBe(0));
    expect(await harness.deadLetters.list()).toEqual([]);
  });

  it('has one effect of an event whose consumer was cut off after its commit and before the acknowledgement', async () => {
    const service = await harness.service({ bus: harness.anotherBus(url) });
    const transactions = service.app.get(MongoTransactions);
    let cuts = 0;
    service.behaviour.notes = () => {
      if ((cuts += 1) === 1) transactions.afterCommit(() => proxy.cut());
    };
    await service.say('cut');
    await service.say('later');
    await eventually(async () => expect((await harness.effects()).sort()).toEqual(['cut', 'later']));
    await eventually(async () => expect((await harness.effects('latest')).length).toBeGreaterThan(0));
  });

  it('subscribes again when the broker cancels its consumer', async () => {
    const service = await harness.service();
    const names = new Names(harness.namespace);
    const model = await connect(process.env['RABBITMQ_URL']!);
    const channel = await model.createChannel();
    await channel.deleteQueue(names.queue('tests.notes'));
    await eventually(async () => {
      await service.say('again');
      expect(await harness.effects()).toContain('again');
    });
    await model.close();
  });

  it('gives no event of an installation to another on the same broker', async () => {
    const other = await MessagingHarness.open('RabbitMQ');
    const heard: string[] = [];
    const live = new LiveSubscriber(other.bus);
    try {
      await live.subscribe([noted.type, flashed.type], ({ subject }) => void heard.push(subject));
      const [here, there] = [await harness.service(), await other.service()];
      await here.say('ours', 'ours');
      await there.say('theirs', 'theirs');
      await eventually(async () => expect(await harness.effects()).toEqual(['ours']));
      await eventually(async () => expect(await other.effects()).toEqual(['theirs']));
      await pause(300);
      expect([await harness.effects(), await other.effects(), heard]).toEqual([['ours'], ['theirs'], ['theirs']]);
    } finally {
      await live.close();
      await other.close();
    }
  });

  it('takes over what waits in the queues of an earlier version, which named them after nobody', async () => {
    const [before, now] = [new Names(), new Names(harness.namespace)];
    const model = await connect(process.env['RABBITMQ_URL']!);
    const channel = await model.createConfirmChannel();
    await declareTopology(channel, before, topology, retryDelays);
    channel.publish(before.exchange, noted.type, Buffer.from(harness.envelope('waiting')), { messageId: 'a' });
    channel.sendToQueue(before.dead('tests.notes'), Buffer.from(harness.envelope('parked')), {
      headers: { 'x-error': 'once', 'x-attempts': 3 },
    });
    await channel.waitForConfirms();
    await model.close();

    expect(await adoptQueues(process.env['RABBITMQ_URL']!, topology, harness.namespace, retryDelays)).toBe(3);
    expect(await adoptQueues(process.env['RABBITMQ_URL']!, topology, harness.namespace, retryDelays)).toBe(0);
    await harness.service();
    await eventually(async () => expect(await harness.effects()).toEqual(['waiting']));
    expect(await harness.deadLetters.list('tests.notes')).toMatchObject([{ error: 'once', attempts: 3 }]);
    expect(now.exchange).not.toBe(before.exchange);
  });

  it('keeps events for a queue whose consumer has never started', async () => {
    const service = await harness.service();
    await service.app
      .get((await import('../src/strategy.js')).BusStrategy)
      .unwrap<{ stopConsuming(): Promise<void> }>()
      .stopConsuming();
    await service.say('early');
    await eventually(async () => expect(await harness.outbox.countDocuments()).toBe(0));
    await service.close();
    expect(await harness.effects()).toEqual([]);
    await harness.service();
    await eventually(async () => expect(await harness.effects()).toEqual(['early']));
  });
});
