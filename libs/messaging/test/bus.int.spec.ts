import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { correlation, MongoTransactions } from '@medflow/service-kit';
import { register } from 'prom-client';
import { v7 as uuidv7 } from 'uuid';
import { LiveSubscriber, Outbox } from '../src/index.js';
import { eventually, flashed, kinds, lonely, noted, pause, type Service, MessagingHarness } from './harness.js';

jest.setTimeout(60_000);

describe.each(kinds)('the bus over %s', (kind) => {
  let harness: MessagingHarness;
  let service: Service;

  beforeEach(async () => {
    harness = await MessagingHarness.open(kind);
    service = await harness.service();
  });
  afterEach(() => harness.close());

  const outboxIsEmpty = async () => expect(await harness.outbox.countDocuments()).toBe(0);

  it('has one effect of an event that is delivered twice', async () => {
    const twin = harness.envelope('twin');
    await harness.post(twin);
    await harness.post(twin);
    await harness.post(harness.envelope('last'));
    await eventually(async () => expect(await harness.effects()).toEqual(['twin', 'last']));
    await eventually(outboxIsEmpty);
  });

  it('delivers the events of one aggregate in the order of its versions, others in between', async () => {
    service.behaviour.notes = () => pause(Math.random() * 10);
    for (let n = 0; n < 40; n += 1) await service.say(`${n}`, n % 2 ? 'odd' : 'even');
    const numbers = (first: number) => Array.from({ length: 20 }, (_, index) => `${first + 2 * index}`);
    await eventually(async () => expect(await harness.effects('notes', { subject: 'odd' })).toEqual(numbers(1)));
    await eventually(async () => expect(await harness.effects('notes', { subject: 'even' })).toEqual(numbers(0)));
  });

  it('ignores what is older than the last seen version only where the subscription says so', async () => {
    await harness.post(harness.envelope('second', { sequence: 2 }));
    await eventually(async () => expect(await harness.effects()).toEqual(['second']));
    await harness.post(harness.envelope('first', { sequence: 1 }));
    await harness.post(harness.envelope('second again', { sequence: 2 }));
    await eventually(async () => expect(await harness.effects()).toEqual(['second', 'first', 'second again']));
    await eventually(async () => expect(await harness.effects('latest')).toEqual(['second', 'second again']));
  });

  it('tries again when a handler fails twice, and keeps nothing of the failed attempts', async () => {
    let attempts = 0;
    service.behaviour.notes = () => {
      if ((attempts += 1) <= 2) throw new Error('not now');
    };
    await service.say('stubborn');
    await eventually(async () => expect(await harness.effects()).toEqual(['stubborn']));
    // More, when the database asks to repeat a transaction.
    expect(attempts).toBeGreaterThanOrEqual(3);
    await eventually(outboxIsEmpty);
    expect(await harness.deadLetters.list()).toEqual([]);
  });

  it('takes what waits in a queue together, in one transaction', async () => {
    const transactions = service.app.get(MongoTransactions);
    const units = new Set<object>();
    service.behaviour.notes = () => void units.add(transactions.session!);
    for (let n = 0; n < 3; n += 1) await service.sayAll(numbersTo(20), `subject ${n}`);
    await eventually(async () => expect(await harness.effects()).toHaveLength(60));
    expect(units.size).toBeLessThan(20);
    expect(await harness.effects('notes', { subject: 'subject 1' })).toEqual(numbersTo(20));
  });

  it('keeps nothing of a batch in which one fails but what the others do alone', async () => {
    service.behaviour.notes = ({ data }) => {
      if (data.text === '7') throw new Error('never');
    };
    await service.sayAll(numbersTo(20));
    await eventually(async () => expect(await harness.effects()).toEqual(numbersTo(20).filter((text) => text !== '7')));
    await eventually(async () => expect(await harness.deadLetters.list()).toHaveLength(1));
    expect(await harness.deadLetters.list()).toMatchObject([{ error: 'Error: never', attempts: 3 }]);
  });

  it('remembers in the inbox only what nothing else keeps from a second effect', async () => {
    await service.say('once');
    await eventually(async () => expect(await harness.effects('latest')).toEqual(['once']));
    await eventually(async () => expect(await harness.effects()).toEqual(['once']));
    const rows = await harness.db.collection<{ _id: string }>('inbox').find().toArray();
    expect(rows.map(({ _id }) => _id.split('|')[0])).toEqual(['tests.notes']);
  });

  it('parks a poisoned message while others flow', async () => {
    await harness.post('{ no json');
    await harness.post(harness.envelope('from the future', { type: 'tests.noted.v2' }));
    await harness.post(harness.envelope('', { data: { text: 7 } }));
    await service.say('fine');
    await eventually(async () => expect(await harness.effects()).toEqual(['fine']));
    const letters = harness.deadLetters;
    await eventually(async () => {
      const parked = await letters.list('tests.notes');
      expect(parked.map(({ error }) => error).sort()).toEqual([
        'PoisonMessage: not JSON',
        'PoisonMessage: tests.noted.v1: text: text must be a string',
        'PoisonMessage: tests.notes has no handler for tests.noted.v2',
      ]);
    });
    expect((await letters.list('tests.notes')).every(({ attempts }) => attempts === 1)).toBe(true);
    await eventually(outboxIsEmpty);
  });

  it('does not let a retry hold up other events', async () => {
    service.behaviour.notes = ({ data }) => {
      if (data.text === 'bad') throw new Error('never');
    };
    await service.say('bad', 'a');
    await service.say('good', 'b');
    await service.say('good too', 'a');
    await eventually(async () => expect((await harness.effects()).sort()).toEqual(['good', 'good too']), 2_000);
  });

  it('lists, replays and drops dead letters', async () => {
    service.behaviour.notes = ({ data }) => {
      if (data.text !== 'fine') throw new Error(`no ${data.text}`);
    };
    await service.say('one', 'a');
    await service.say('two', 'b');
    const letters = harness.deadLetters;
    await eventually(async () => expect(await letters.list()).toHaveLength(2));
    const [one] = (await letters.list('tests.notes')).filter(({ error }) => error.includes('no one'));
    expect(one).toMatchObject({ queue: 'tests.notes', type: noted.type, subject: 'a', attempts: 3 });
    expect(Date.parse(one!.parkedAt)).toBeGreaterThanOrEqual(Date.parse(one!.firstFailedAt));
    expect(await letters.list('tests.latest')).toEqual([]);

    service.behaviour.notes = () => undefined;
    expect(await letters.replay('tests.notes', [one!.id])).toBe(1);
    await eventually(async () => expect(await harness.effects()).toEqual(['one']));
    await eventually(async () => expect((await letters.list()).map(({ subject }) => subject)).toEqual(['b']));
    expect(await letters.drop('tests.notes', 'all')).toBe(1);
    expect(await letters.list()).toEqual([]);
    expect(await harness.effects()).toEqual(['one']);
  });

  it('notices an event that no queue takes, and keeps it', async () => {
    const before = await metric('medflow_bus_unroutable_total');
    await service.say('hello?', 'a', lonely);
    await service.say('fine', 'b');
    await eventually(async () =>
      expect(await harness.outbox.findOne({ type: lonely.type })).toMatchObject({ attempts: 1 }),
    );
    await eventually(async () => expect(await harness.effects()).toEqual(['fine']));
    await eventually(async () =>
      expect((await harness.outbox.findOne({ type: lonely.type }))!.attempts).toBeGreaterThan(1),
    );
    expect(await metric('medflow_bus_unroutable_total')).toBeGreaterThanOrEqual(before + 2);
  });

  it('tells live listeners, each of them, and misses nobody when there is none', async () => {
    await service.say('unheard', 'a', flashed);
    await eventually(outboxIsEmpty);
    const heard: string[][] = [[], []];
    const listeners = heard.map(() => new LiveSubscriber(harness.bus));
    for (const [index, listener] of listeners.entries()) {
      await listener.subscribe([flashed.type, noted.type], (event) => {
        heard[index]!.push(`${event.type} ${(event.data as { text: string }).text}`);
      });
    }
    await service.say('now', 'a', flashed);
    await service.say('too', 'a');
    const both = [`${flashed.type} now`, `${noted.type} too`];
    await eventually(() => expect(heard).toEqual([both, both]));
    await Promise.all(listeners.map((listener) => listener.close()));
    await eventually(async () => expect(await harness.effects()).toEqual(['too']));
  });

  it('drains at close: handlers under way finish and are not run again', async () => {
    const started = Promise.withResolvers<void>();
    service.behaviour.notes = async () => {
      started.resolve();
      await pause(400);
    };
    await service.say('slow');
    await started.promise;
    await service.close();
    expect(await harness.effects()).toEqual(['slow']);
    const next = await harness.service();
    await next.say('marker');
    await eventually(async () => expect(await harness.effects()).toEqual(['slow', 'marker']));
  });

  it('says what caused an event that a handler publishes', async () => {
    service.behaviour.notes = async ({ data }) => {
      if (data.text === 'cause') {
        await service.app
          .get(Outbox)
          .append([{ contract: noted, subject: 'b', sequence: 9, data: { text: 'effect' } }]);
      }
    };
    const correlationId = uuidv7();
    await correlation.run({ correlationId }, () => service.say('cause'));
    await eventually(async () => expect(await harness.effects()).toEqual(['cause', 'effect']));
    const [cause, effect] = await harness.db.collection('effects').find({ effect: 'notes' }).sort({ _id: 1 }).toArray();
    expect(cause).toMatchObject({ correlationid: correlationId });
    expect(effect).toMatchObject({ correlationid: correlationId, causationid: expect.any(String) });
  });

  it('refuses to start when subscriptions and topology disagree', async () => {
    await service.close();
    const start = (queues: Record<string, string[]>) => harness.service({ queues });
    await expect(start({ 'tests.notes': [noted.type] })).rejects.toThrow('tests.latest does not take tests.noted.v1');
    await expect(start({ 'tests.notes': [noted.type, lonely.type], 'tests.latest': [noted.type] })).rejects.toThrow(
      'tests.notes has no handler for tests.lonely.v1',
    );
    await expect(start({ 'tests.notes': ['tests.unknown.v1'] })).rejects.toThrow('which is no contract');
  });

  it('follows the outbox by change stream where asked to', async () => {
    await service.close();
    await harness.service({ relay: { pollMs: 20_000, changeStream: true } });
    await pause(500);
    await harness.post(harness.envelope('seen'));
    await eventually(async () => expect(await harness.effects()).toEqual(['seen']), 5_000);
  });

  it('refuses to append outside a transaction, or what the contract does not name', async () => {
    const outbox = service.app.get(Outbox);
    const event = { contract: noted, subject: 'a', sequence: 1, data: { text: 'a' } };
    await expect(outbox.append([event])).rejects.toThrow('outside a transaction');
    const spread = { text: 'a', passwordHash: 'x' };
    const run = () => service.app.get(MongoTransactions).run(() => outbox.append([{ ...event, data: spread }]));
    await expect(run()).rejects.toThrow('passwordHash');
    await outboxIsEmpty();
  });
});

const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);

async function metric(name: string): Promise<number> {
  const { values } = await register.getSingleMetric(name)!.get();
  return values.reduce((sum, { value }) => sum + value, 0);
}
