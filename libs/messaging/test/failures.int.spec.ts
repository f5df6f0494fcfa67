import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MongoProxy } from '@medflow/testing';
import { Relay } from '../src/relay/relay.js';
import { BusStrategy } from '../src/strategy.js';
import type { Transport } from '../src/transport.js';
import { eventually, kinds, pause, type Service, MessagingHarness } from './harness.js';

jest.setTimeout(120_000);

const closings: (() => void)[] = [];

/**
 * Stops a relay as a pause of its process would, at a chosen point. Thawed, it goes on with what it was about to do; it
 * looks at its lease again only when the harness closes, so nothing but the fence can stop it.
 */
function freezer(service: Service, at: 'before publishing' | 'before marking') {
  const transport = service.app.get(BusStrategy).unwrap<Transport>();
  const { lease } = service.app.get(Relay) as unknown as { lease: { hold: () => Promise<boolean>; held: boolean } };
  const publish = transport.publish.bind(transport);
  const hold = lease.hold.bind(lease);
  const thawed = Promise.withResolvers<void>();
  const closing = Promise.withResolvers<void>();
  closings.push(() => closing.resolve());
  const reached = Promise.withResolvers<void>();
  const freeze = async () => {
    lease.hold = () => closing.promise.then(hold);
    reached.resolve();
    await thawed.promise;
  };
  transport.publish = (messages) => {
    if (at === 'before publishing') {
      const later = freeze().then(() => publish(messages));
      return messages.map((_, index) => later.then((outcomes) => outcomes[index]!));
    }
    return publish(messages).map((outcome) => outcome.then((value) => freeze().then(() => value)));
  };
  return { reached: reached.promise, thaw: () => thawed.resolve(), lease };
}

describe.each(kinds)('when processes die, over %s', (kind) => {
  let harness: MessagingHarness;
  beforeEach(async () => {
    harness = await MessagingHarness.open(kind);
  });
  afterEach(async () => {
    for (const close of closings.splice(0)) close();
    await harness.close();
  });

  it('handles events once when the database is back, however long it was away, and parks none of them', async () => {
    const wire = await MongoProxy.start(process.env['MONGODB_URI']!);
    try {
      const service = await harness.service({ mongoUri: wire.uri });
      const lost = Promise.withResolvers<void>();
      service.behaviour.notes = () => {
        wire.reachable = false;
        wire.cutAll();
        lost.resolve();
      };
      await service.sayAll(['one', 'two', 'three']);
      await lost.promise;
      service.behaviour.notes = () => undefined;
      // Longer than all retries together.
      await pause(3_000);
      expect(await harness.effects()).toEqual([]);
      wire.reachable = true;
      await eventually(async () => expect((await harness.effects()).sort()).toEqual(['one', 'three', 'two']));
      await eventually(outboxIsEmpty);
      expect(await harness.deadLetters.list()).toEqual([]);
      await service.close();
    } finally {
      await wire.stop();
    }
  });

  const outboxIsEmpty = async () => expect(await harness.outbox.countDocuments()).toBe(0);

  it('has one effect of an event whose relay died between publishing and marking', async () => {
    const first = await harness.service();
    const ice = freezer(first, 'before marking');
    await first.say('one');
    await ice.reached;
    await eventually(async () => expect(await harness.effects()).toEqual(['one']));
    expect(await harness.outbox.countDocuments()).toBe(1);

    const second = await harness.service({ bus: harness.anotherBus() });
    await eventually(outboxIsEmpty);
    await second.say('two');
    await eventually(async () => expect(await harness.effects()).toEqual(['one', 'two']));
    ice.thaw();
  });

  it('lets a relay that was paused neither mark nor repeat an effect after another took over', async () => {
    const paused = await harness.service();
    const ice = freezer(paused, 'before publishing');
    await paused.say('one');
    await ice.reached;

    const successor = await harness.service({ bus: harness.anotherBus() });
    const pin = freezer(successor, 'before marking');
    await pin.reached;
    await eventually(async () => expect(await harness.effects()).toEqual(['one']));
    // The successor is held before its own mark, so only the paused one could remove the row now.
    ice.thaw();
    await eventually(() => expect(ice.lease.held).toBe(false));
    await pause(200);
    expect(await harness.outbox.countDocuments()).toBe(1);

    pin.thaw();
    await eventually(outboxIsEmpty);
    expect(await harness.effects()).toEqual(['one']);
  });

  it('loses nothing and doubles nothing when the process dies under load', async () => {
    const first = await harness.service();
    const texts = Array.from({ length: 300 }, (_, index) => `${index}`);
    for (let from = 0; from < 200; from += 20) await first.sayAll(texts.slice(from, from + 20), `s${from % 3}`);
    const ice = freezer(first, 'before marking');
    for (let from = 200; from < 300; from += 20) await first.sayAll(texts.slice(from, from + 20), `s${from % 3}`);
    await ice.reached;
    await harness.service({ bus: harness.anotherBus() });
    await eventually(outboxIsEmpty, 60_000, 200);
    await eventually(async () => expect((await harness.effects()).length).toBe(300), 60_000, 200);
    expect(new Set(await harness.effects()).size).toBe(300);
    ice.thaw();
  });
});
