import { testDatabase } from '@medflow/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Stripe } from 'stripe';
import { MongoStore, startTestProvider } from '../src/index.js';

const keys = { secretKey: 'sk_test_suite', publishableKey: 'pk_test_suite', webhookSecret: 'whsec_suite' };
let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase('provider');
});
afterAll(() => database.drop());

it('the test provider finds in its database what it has answered, and answers keys as before', async () => {
  const options = { ...keys, store: new MongoStore(database.client.db()) };
  const pay = async (port: number) =>
    new Stripe(keys.secretKey, { host: '127.0.0.1', port, protocol: 'http', telemetry: false }).paymentIntents.create(
      { amount: 60_000, currency: 'tnd', payment_method: 'pm_card_visa', confirm: true },
      { idempotencyKey: 'across' },
    );
  const first = await startTestProvider(options);
  const paid = await pay(first.port);
  await first.stop();
  const second = await startTestProvider(options);
  expect(await pay(second.port)).toMatchObject({ id: paid.id, status: 'succeeded' });
  await second.stop();
});
