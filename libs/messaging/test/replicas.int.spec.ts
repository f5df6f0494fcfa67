import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Relay } from '../src/relay/relay.js';
import { eventually, kinds, pause, MessagingHarness } from './harness.js';

jest.setTimeout(120_000);

(kinds.includes('RabbitMQ') ? describe : describe.skip)('three replicas of one service', () => {
  let harness: MessagingHarness;
  beforeEach(async () => {
    harness = await MessagingHarness.open('RabbitMQ');
  });
  afterEach(() => harness.close());

  const outboxIsEmpty = async () => expect(await harness.outbox.countDocuments()).toBe(0);

  it('publish each its own events at once, also those whose relay has not the main lease', async () => {
    const relay = { pollMs: 20_000, leaseMs: 60_000 };
    const replicas = [
      await harness.service({ relay }),
      await harness.service({ relay }),
      await harness.service({ relay }),
    ];
    for (const [index, service] of replicas.entries()) await service.sayAll([`${index} a`, `${index} b`], `s${index}`);
    await eventually(async () => expect(await harness.effects()).toHaveLength(6), 5_000);
    await eventually(outboxIsEmpty);
  });

  it('lose nothing of one that died with events unpublished', async () => {
    const main = await harness.service();
    const dying = await harness.service();
    const { lease } = dying.app.get(Relay) as unknown as { lease: { isMain: boolean; hold(): Promise<boolean> } };
    await eventually(() => expect((lease as unknown as { held: boolean }).held).toBe(true));
    expect(lease.isMain).toBe(false);
    const dead = Promise.withResolvers<boolean>();
    const hold = lease.hold.bind(lease);
    lease.hold = () => dead.promise;
    await dying.sayAll(['one', 'two']);
    await main.say('mine');
    await eventually(async () => expect((await harness.effects()).sort()).toEqual(['mine', 'one', 'two']));
    await eventually(outboxIsEmpty);
    await pause(300);
    expect(await harness.effects()).toHaveLength(3);
    lease.hold = hold;
    dead.resolve(false);
  });

  it('publish what is theirs while one that was killed has the main lease locked', async () => {
    const leases = harness.db.collection<{ _id: string; epoch: number; holder: string; until: Date }>('relay_lease');
    await leases.insertOne({ _id: 'relay', holder: 'killed', epoch: 1, until: new Date(0) });
    // What a process leaves behind that is killed while it marks what it has published.
    const session = harness.db.client.startSession();
    session.startTransaction();
    await leases.updateOne({ _id: 'relay' }, { $set: { until: new Date() } }, { session });
    const service = await harness.service();
    await service.say('not held up');
    await eventually(async () => expect(await harness.effects()).toEqual(['not held up']), 10_000);
    await eventually(outboxIsEmpty);
    await session.abortTransaction();
    await eventually(async () => expect(await leases.findOne({ _id: 'relay' })).toMatchObject({ epoch: 2 }), 20_000);
    await session.endSession();
  });
});
