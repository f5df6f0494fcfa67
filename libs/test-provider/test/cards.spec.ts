import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Stripe } from 'stripe';
import { startTestProvider, type TestProvider } from '../src/index.js';
import { type BrowserCall, browserOf, keys, payWith, refused, stripeOf, TND } from './support.js';

describe('cards of the test provider', () => {
  let provider: TestProvider;
  let stripe: Stripe;
  let browser: BrowserCall;
  let tokenise: (number: string, over?: object) => ReturnType<BrowserCall>;
  beforeAll(async () => {
    provider = await startTestProvider({ ...keys, now: () => new Date('2026-11-23T09:00:00Z') });
    stripe = stripeOf(provider);
    ({ browser, tokenise } = browserOf(provider));
  });
  afterAll(() => provider.stop());

  it('asks for 3-D Secure, and goes on or back as the patient answers', async () => {
    for (const [outcome, status] of [
      ['succeed', 'succeeded'],
      ['fail', 'requires_payment_method'],
    ]) {
      const { id, client_secret } = await stripe.paymentIntents.create(TND);
      const { body: method } = await tokenise('4000 0000 0000 3220');
      const asked = await browser('POST', `/v1/payment_intents/${id}/confirm`, {
        client_secret,
        payment_method: method.id,
      });
      expect(asked.body).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });
      const answered = await browser('POST', `/v1/authentications/${id}`, { client_secret, outcome });
      expect(answered.body.status).toBe(status);
    }
  });

  it('refuses what was typed wrongly, by field', async () => {
    expect((await tokenise('4242424242424241')).body.error).toMatchObject({
      code: 'incorrect_number',
      param: 'number',
    });
    expect((await tokenise('4242424242424242', { exp_year: 2025 })).body.error).toMatchObject({
      code: 'invalid_expiry_year',
    });
    expect((await tokenise('4242424242424242', { exp_month: 13 })).body.error).toMatchObject({
      code: 'invalid_expiry_month',
    });
    expect((await tokenise('4242424242424242', { cvc: '1' })).body.error).toMatchObject({ code: 'invalid_cvc' });
  });

  it('lets a browser touch only what it knows the secret of', async () => {
    const { id } = await stripe.paymentIntents.create(TND);
    const wrong = { client_secret: 'guess', payment_method: 'pm_card_visa' };
    expect((await browser('POST', `/v1/payment_intents/${id}/confirm`, wrong)).status).toBe(400);
    expect((await browser('POST', '/v1/refunds', { payment_intent: id })).status).toBe(403);
    expect((await browser('POST', '/v1/payment_methods', { key: 'pk_other' })).status).toBe(401);
  });

  it('saves a card that is charged later, the patient away', async () => {
    const { id: customer } = await stripe.customers.create({ metadata: { patientId: 'p1' } });
    const setup = await stripe.setupIntents.create({ customer, usage: 'off_session' });
    const { body: method } = await tokenise('4000002500003155');
    const { client_secret } = setup;
    await browser('POST', `/v1/setup_intents/${setup.id}/confirm`, { client_secret, payment_method: method.id });
    const saved = await browser('POST', `/v1/authentications/${setup.id}`, { client_secret, outcome: 'succeed' });
    expect(saved.body.status).toBe('succeeded');
    const charge = { ...TND, customer, payment_method: String(method.id), off_session: true, confirm: true };
    expect((await stripe.paymentIntents.create(charge)).status).toBe('succeeded');
    const { data } = await stripe.customers.listPaymentMethods(customer);
    expect(data).toMatchObject([{ id: method.id, customer, card: { last4: '3155' } }]);
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: String(method.id) } });
    await stripe.paymentMethods.detach(String(method.id));
    expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([]);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
  });

  it('needs the patient where a card that always authenticates is charged without them', async () => {
    const { id: customer } = await stripe.customers.create({});
    const error = await refused(
      stripe.paymentIntents.create({
        ...TND,
        customer,
        payment_method: 'pm_card_authenticationRequired',
        off_session: true,
        confirm: true,
      }),
    );
    expect(error).toMatchObject({
      code: 'authentication_required',
      payment_intent: { status: 'requires_payment_method' },
    });
  });

  it('saves a card that then fails when it is charged', async () => {
    const { id: customer } = await stripe.customers.create({});
    const setup = await stripe.setupIntents.create({
      customer,
      payment_method: 'pm_card_chargeCustomerFail',
      confirm: true,
    });
    expect(setup.status).toBe('succeeded');
    const payment_method = String(setup.payment_method);
    const error = await refused(
      stripe.paymentIntents.create({ ...TND, customer, payment_method, off_session: true, confirm: true }),
    );
    expect(error.code).toBe('card_declined');
  });

  it('keeps one patient’s card from another', async () => {
    const [mine, theirs] = [await stripe.customers.create({}), await stripe.customers.create({})];
    const setup = await stripe.setupIntents.create({
      customer: mine.id,
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    const intent = await stripe.paymentIntents.create({ ...TND, customer: theirs.id });
    const error = await refused(
      stripe.paymentIntents.confirm(intent.id, { payment_method: String(setup.payment_method) }),
    );
    expect(error).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400 });
  });

  it('takes a card again only from the customer who keeps it', async () => {
    const { id: customer } = await stripe.customers.create({});
    const { body: method } = await tokenise('4242424242424242');
    const card = String(method.id);
    await payWith(stripe, card, { customer });
    expect((await refused(payWith(stripe, card, { customer }))).statusCode).toBe(400);
    const { body: kept } = await tokenise('4242424242424242');
    await payWith(stripe, String(kept.id), { customer, setup_future_usage: 'off_session' });
    await payWith(stripe, String(kept.id), { customer, off_session: true });
    await stripe.paymentMethods.detach(String(kept.id));
    expect((await refused(payWith(stripe, String(kept.id), { customer }))).statusCode).toBe(400);
  });

  it('refuses cards that are not for tests, and keeps nothing of them', async () => {
    const { status, body } = await tokenise('4111 1111 1111 1111');
    expect(status).toBe(402);
    expect(body.error).toMatchObject({ code: 'card_declined', decline_code: 'test_mode_live_card' });
    expect(JSON.stringify(body)).not.toMatch(/1111/);
  });

  it.each(['4000000000009987', '4000000000009979', '4000000000000127', '4000000000000119'])(
    'declines %s when it is charged and when it is saved',
    async (number) => {
      const { id: customer } = await stripe.customers.create({});
      const { body: method } = await tokenise(number);
      const payment_method = String(method.id);
      expect((await refused(payWith(stripe, payment_method))).statusCode).toBe(402);
      const setup = await refused(stripe.setupIntents.create({ customer, payment_method, confirm: true }));
      expect(setup.statusCode).toBe(402);
      expect((await refused(stripe.paymentMethods.attach(payment_method, { customer }))).statusCode).toBe(402);
    },
  );

  it('forgets a customer with their cards', async () => {
    const { id: customer } = await stripe.customers.create({ email: 'amina@example.org' });
    await stripe.setupIntents.create({ customer, payment_method: 'pm_card_visa', confirm: true });
    expect(await stripe.customers.update(customer, { metadata: { patientId: 'p2' } })).toMatchObject({
      email: 'amina@example.org',
      metadata: { patientId: 'p2' },
    });
    const { data } = await stripe.customers.listPaymentMethods(customer);
    expect(await stripe.customers.del(customer)).toMatchObject({ id: customer, deleted: true });
    expect(await stripe.customers.retrieve(customer)).toEqual(expect.objectContaining({ id: customer, deleted: true }));
    expect(await refused(stripe.paymentIntents.create({ ...TND, customer }))).toMatchObject({ param: 'customer' });
    expect((await stripe.paymentMethods.retrieve(data[0]!.id)).customer).toBeNull();
  });
});
