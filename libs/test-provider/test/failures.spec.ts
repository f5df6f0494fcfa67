import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stripe } from 'stripe';
import { MemoryStore, startTestProvider, type TestProvider } from '../src/index.js';
import { keys, payWith, refused, stripeOf, TND } from './support.js';

describe('a failure of the test provider', () => {
  let provider: TestProvider;
  let stripe: Stripe;
  const store = new MemoryStore();
  beforeAll(async () => {
    provider = await startTestProvider({ ...keys, store });
    // With the SDK's own retries, as billing has it.
    stripe = stripeOf(provider, 2);
  });
  afterAll(() => provider.stop());
  beforeEach(() => provider.setHttpFaults({}));

  const pay = (idempotencyKey: string) =>
    stripe.paymentIntents.create({ ...TND, payment_method: 'pm_card_visa', confirm: true }, { idempotencyKey });
  const payments = async () => (await stripe.paymentIntents.list({ limit: 100 })).data.length;

  it('is answered again to the same key, and to no other', async () => {
    provider.setHttpFaults({ failure: 1 });
    expect((await refused(pay('failed'))).statusCode).toBe(500);
    provider.setHttpFaults({});
    const again = await refused(pay('failed'));
    expect([again.statusCode, again.headers?.['idempotent-replayed']]).toEqual([500, 'true']);
    expect(await payments()).toBe(0);
    expect((await pay('another')).status).toBe('succeeded');
    expect(await payments()).toBe(1);
  });

  it('may come after all is done, which then is there to be found', async () => {
    const before = await payments();
    provider.setHttpFaults({ failureAfter: 1 });
    expect((await refused(pay('done'))).statusCode).toBe(500);
    provider.setHttpFaults({});
    expect((await refused(pay('done'))).statusCode).toBe(500);
    expect(await payments()).toBe(before + 1);
  });

  it('is kept over a restart', async () => {
    const kept = new MemoryStore();
    const first = await startTestProvider({ ...keys, store: kept, httpFaults: { failure: 1 } });
    await refused(payWith(stripeOf(first)));
    await refused(stripeOf(first).paymentIntents.create(TND, { idempotencyKey: 'over' }));
    await first.stop();
    const second = await startTestProvider({ ...keys, store: kept });
    const error = await refused(stripeOf(second).paymentIntents.create(TND, { idempotencyKey: 'over' }));
    await second.stop();
    expect(error.statusCode).toBe(500);
  });

  it('of a look is another one’s turn the next time', async () => {
    provider.setHttpFaults({ failure: 1 });
    expect((await refused(stripeOf(provider).customers.list())).statusCode).toBe(500);
    provider.setHttpFaults({});
    expect((await stripe.customers.list()).data).toEqual([]);
  });

  it.each([
    [{ amount: 1_990, currency: 'tnd' }, 'amount_too_small'],
    [{ amount: 49, currency: 'eur' }, 'amount_too_small'],
    [{ amount: 100_000_000, currency: 'usd' }, 'amount_too_large'],
  ])('is none where %j cannot be charged: that is refused', async (parameters, code) => {
    expect(await refused(stripe.paymentIntents.create(parameters))).toMatchObject({ statusCode: 400, code });
  });
});
