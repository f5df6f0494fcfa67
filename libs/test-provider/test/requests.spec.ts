import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Stripe } from 'stripe';
import { startTestProvider, type TestProvider } from '../src/index.js';
import { keys, refused, stripeOf, TND } from './support.js';

describe('requests to the test provider', () => {
  let provider: TestProvider;
  let stripe: Stripe;
  beforeAll(async () => {
    provider = await startTestProvider({ ...keys, now: () => new Date('2026-11-23T09:00:00Z') });
    stripe = stripeOf(provider);
  });
  afterAll(() => provider.stop());

  it('does the same request once under its key, declines included, and tells another request apart', async () => {
    const idempotencyKey = 'once';
    const first = await stripe.paymentIntents.create(TND, { idempotencyKey });
    const again = await stripe.paymentIntents.create(TND, { idempotencyKey });
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(again.lastResponse.requestId).toMatch(/^req_/);
    expect(await refused(stripe.paymentIntents.create({ ...TND, amount: 70_000 }, { idempotencyKey }))).toMatchObject({
      type: 'StripeIdempotencyError',
    });
    const decline = () =>
      refused(
        stripe.paymentIntents.confirm(
          first.id,
          { payment_method: 'pm_card_visa_chargeDeclined' },
          { idempotencyKey: 'declined' },
        ),
      );
    await decline();
    await stripe.paymentIntents.confirm(first.id, { payment_method: 'pm_card_visa' });
    expect(await decline()).toMatchObject({ code: 'card_declined' });
    expect((await stripe.paymentIntents.retrieve(first.id)).status).toBe('succeeded');
  });

  it('refuses pages that there are not', async () => {
    expect(await refused(stripe.charges.list({ limit: 101 }))).toMatchObject({ param: 'limit' });
    expect(await refused(stripe.charges.list({ starting_after: 'ch_none' }))).toMatchObject({
      param: 'starting_after',
      code: 'resource_missing',
    });
  });

  it('refuses who has no key or another', async () => {
    for (const key of ['sk_test_other', keys.publishableKey]) {
      const error = await refused(stripeOf(provider, 0, key).paymentIntents.create(TND));
      expect(error.statusCode).toBe(key === keys.publishableKey ? 403 : 401);
    }
    expect((await fetch(`${provider.url}/v1/charges`)).status).toBe(401);
  });

  it('loses answers but not what was done, so that the SDK’s retry finds it', async () => {
    provider.setHttpFaults({ answerLost: 1 });
    const pay = () =>
      stripeOf(provider, 2).paymentIntents.create(
        { ...TND, payment_method: 'pm_card_visa', confirm: true },
        { idempotencyKey: 'lost' },
      );
    const found = await pay();
    provider.setHttpFaults({});
    expect((await pay()).id).toBe(found.id);
    expect((await stripe.charges.list({ payment_intent: found.id })).data).toHaveLength(1);
  });
});
