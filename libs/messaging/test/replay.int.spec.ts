import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Holdings } from '../src/index.js';
import { type OutgoingEvent } from '../src/outgoing-event.js';
import { Replay, type ReplayRequest } from '../src/replay/replay.js';
import { BusOfService } from '../src/replay/replaying.js';
import { eventually, kinds, noted, type Service, topology, MessagingHarness } from './harness.js';

const factOf = (text: string, subject: string, sequence: number): OutgoingEvent => ({
  contract: noted,
  subject,
  sequence,
  data: { text },
});

describe.each(kinds)('facts that are told again (%s)', (kind) => {
  let harness: MessagingHarness;
  let service: Service;
  let url: string;
  beforeEach(async () => {
    harness = await MessagingHarness.open(kind);
    service = await harness.service();
    await service.app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(service.app.getHttpServer().address() as AddressInfo).port}`;
  });
  afterEach(() => harness.close());

  async function replay(facts: OutgoingEvent[], request: ReplayRequest = {}) {
    const holdings: Holdings = {
      all: [
        {
          name: 'notes',
          async *pages() {
            for (const fact of facts) yield [fact];
          },
        },
      ],
    };
    const { transport } = service.app.get(BusOfService);
    const config = { upstreams: { tests: url }, internalToken: 'secret' };
    const progress = [];
    for await (const step of new Replay('tests', topology, transport, holdings, config, 50).run(request))
      progress.push(step);
    return progress.at(-1);
  }

  it('have no second effect where they are known', async () => {
    await service.say('first', 'a');
    await eventually(async () => expect(await harness.effects()).toEqual(['first']));
    expect(await replay([factOf('first', 'a', 1), factOf('second', 'b', 1)])).toMatchObject({ published: 4 });
    await eventually(async () => expect(await harness.effects()).toEqual(['first', 'second']));
    expect(await harness.effects()).toEqual(['first', 'second']);
  });

  it('go to one queue alone when it is named', async () => {
    expect(await replay([factOf('for one', 'a', 1)], { to: 'tests.latest' })).toMatchObject({ published: 1 });
    await eventually(async () => expect(await harness.effects('latest')).toEqual(['for one']));
    expect(await harness.effects('notes')).toEqual([]);
  });

  it('are only what a queue does not know, when it is asked first', async () => {
    await service.sayAll(['one', 'two', 'three'], 'a');
    await eventually(async () => expect(await harness.effects('latest')).toHaveLength(3));
    await eventually(async () => expect(await harness.effects()).toHaveLength(3));
    const facts = [factOf('three', 'a', 3), factOf('lost', 'b', 1)];
    expect(await replay(facts, { missingOnly: true })).toEqual({ holding: 'notes', compared: 4, published: 2 });
    await eventually(async () => expect(await harness.effects()).toEqual(['one', 'two', 'three', 'lost']));
    await eventually(async () => expect(await harness.effects('latest', { subject: 'b' })).toEqual(['lost']));
    expect(await replay(facts, { missingOnly: true })).toMatchObject({ published: 0 });
  });

  it('are told though one of them breaks its contract by now', async () => {
    const broken = { ...factOf('broken', 'b', 1), data: { text: 1 } };
    expect(await replay([broken, factOf('whole', 'a', 1)])).toMatchObject({ compared: 2, published: 2 });
    await eventually(async () => expect(await harness.effects()).toEqual(['whole']));
  });

  it('refuses a queue that does not exist', async () => {
    await expect(replay([], { to: 'tests.nowhere' })).rejects.toThrow('tests.nowhere');
  });
});
