import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase } from '@medflow/testing';
import { MongoStore, startTestProvider } from '../src/index.js';
import { keys, listen, payWith, quiet, stripeOf, TND } from './support.js';

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase('provider');
});
afterAll(() => database.drop());

describe('the test provider finds in its database', () => {
  let store: MongoStore;
  beforeEach(async () => {
    await database.client.db().collection('rows').deleteMany({});
    store = new MongoStore(database.client.db());
  });

  it('what it has answered, and answers keys as before', async () => {
    const options = { ...keys, store };
    const pay = (port: number) =>
      stripeOf({ port }).paymentIntents.create(
        { ...TND, payment_method: 'pm_card_visa', confirm: true },
        { idempotencyKey: 'across' },
      );
    const first = await startTestProvider(options);
    const paid = await pay(first.port);
    await first.stop();
    const second = await startTestProvider(options);
    expect(await pay(second.port)).toMatchObject({ id: paid.id, status: 'succeeded' });
    await second.stop();
  });

  it('the sum of what was refunded at the same moment, after an end without a farewell', async () => {
    const first = await startTestProvider({ ...keys, store });
    const stripe = stripeOf(first);
    const { id } = await payWith(stripe);
    await Promise.all(Array.from({ length: 12 }, () => stripe.refunds.create({ payment_intent: id, amount: 5_000 })));
    // Not stopped: what was answered is there already.
    const second = await startTestProvider({ ...keys, store });
    const intent = await stripeOf(second).paymentIntents.retrieve(id, { expand: ['latest_charge.refunds'] });
    expect(intent.latest_charge).toMatchObject({ amount_refunded: 60_000, refunded: true });
    expect(intent.latest_charge).toMatchObject({ refunds: { data: { length: 12 } } });
    await first.stop();
    await second.stop();
  });

  it('webhooks that nobody took, and leaves none behind that were taken', async () => {
    let status = 500;
    const receiver = await listen(() => status);
    const options = { ...keys, store, webhookUrl: () => receiver.url };
    const first = await startTestProvider(options);
    await payWith(stripeOf(first));
    await first.stop();
    expect(first.waiting()).toBe(3);
    status = 200;
    const second = await startTestProvider(options);
    await quiet(second);
    await second.stop();
    expect(receiver.heard).toHaveLength(3);
    expect((await store.load()).filter(({ kind }) => kind === 'delivery')).toEqual([]);
    await receiver.close();
  });
});
