import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stripe } from 'stripe';
import { MemoryStore, startTestProvider, type TestProvider } from '../src/index.js';

const keys = { secretKey: 'sk_test_suite', publishableKey: 'pk_test_suite', webhookSecret: 'whsec_suite' };

const stripeOf = ({ port }: { port: number }, maxNetworkRetries = 0) =>
  new Stripe(keys.secretKey, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries });

/** The error that a call is refused with. */
async function refused(call: Promise<unknown>): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Stripe.errors.StripeError);
  return error as InstanceType<typeof Stripe.errors.StripeError>;
}

const TND = { amount: 60_000, currency: 'tnd' } as const;

describe('the test provider', () => {
  let provider: TestProvider;
  let stripe: Stripe;
  let now = new Date('2026-11-23T09:00:00Z');
  beforeAll(async () => {
    provider = await startTestProvider({ ...keys, now: () => now });
    stripe = stripeOf(provider);
  });
  afterAll(() => provider.stop());

  const browser = async (method: string, path: string, body: object = {}) => {
    const response = await fetch(`${provider.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'POST' && { body: JSON.stringify({ key: keys.publishableKey, ...body }) }),
    });
    return {
      status: response.status,
      body: (await response.json()) as Record<string, never> & { error?: { code: string } },
    };
  };
  const tokenise = async (number: string, over: object = {}) =>
    browser('POST', '/v1/payment_methods', {
      type: 'card',
      card: { number, exp_month: 12, exp_year: 2030, cvc: '123', ...over },
    });

  it('holds, captures a part and shows fee and card', async () => {
    const intent = await stripe.paymentIntents.create({
      ...TND,
      capture_method: 'manual',
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 60_000, amount_received: 0 });
    const captured = await stripe.paymentIntents.capture(intent.id, {
      amount_to_capture: 50_000,
      expand: ['latest_charge.balance_transaction', 'payment_method'],
    });
    expect(captured).toMatchObject({ status: 'succeeded', amount_received: 50_000 });
    expect(captured.latest_charge).toMatchObject({
      amount_captured: 50_000,
      balance_transaction: { amount: 50_000, fee: 1_450, net: 48_550, currency: 'tnd' },
    });
    expect(captured.payment_method).toMatchObject({ card: { brand: 'visa', last4: '4242' } });
    expect(JSON.stringify(captured)).not.toContain('behaviour');
  });

  it.each([
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
    ['pm_card_chargeCustomerFail', 'card_declined', 'generic_decline'],
  ])('declines %s as %s, %s, and takes another card after it', async (method, code, declineCode) => {
    const intent = await stripe.paymentIntents.create(TND);
    const error = await refused(stripe.paymentIntents.confirm(intent.id, { payment_method: method }));
    expect(error).toMatchObject({ type: 'StripeCardError', code, decline_code: declineCode, statusCode: 402 });
    const after = await stripe.paymentIntents.retrieve(intent.id);
    expect(after).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { decline_code: declineCode },
    });
    const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(paid.status).toBe('succeeded');
  });

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

  it('refunds in parts and never more than was taken', async () => {
    const { id } = await stripe.paymentIntents.create({ ...TND, payment_method: 'pm_card_visa', confirm: true });
    await stripe.refunds.create({ payment_intent: id, amount: 20_000 });
    expect((await refused(stripe.refunds.create({ payment_intent: id, amount: 50_000 }))).statusCode).toBe(400);
    await stripe.refunds.create({ payment_intent: id });
    const intent = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.refunds'] });
    expect(intent.latest_charge).toMatchObject({ refunded: true, amount_refunded: 60_000 });
    expect((intent.latest_charge as Stripe.Charge).refunds?.data.map(({ amount }) => amount)).toEqual([40_000, 20_000]);
    expect(await refused(stripe.refunds.create({ payment_intent: id }))).toMatchObject({
      code: 'charge_already_refunded',
    });
  });

  it('lists what moved, page after page, with its source', async () => {
    const before = await collect(stripe.balanceTransactions.list({ limit: 2, expand: ['data.source'] }));
    const { id } = await stripe.paymentIntents.create({ ...TND, payment_method: 'pm_card_visa', confirm: true });
    await stripe.refunds.create({ payment_intent: id, amount: 10_000 });
    const after = await collect(stripe.balanceTransactions.list({ limit: 2, expand: ['data.source'] }));
    expect(after).toHaveLength(before.length + 2);
    expect(after[0]).toMatchObject({ type: 'refund', amount: -10_000, fee: 0, source: { payment_intent: id } });
    expect(after[1]).toMatchObject({ type: 'charge', amount: 60_000, fee: 1_740, source: { payment_intent: id } });
  });

  it.each([
    [{ currency: 'tnd' }, 'amount'],
    [{ amount: 60_005, currency: 'tnd' }, 'amount'],
    [{ amount: -1, currency: 'tnd' }, 'amount'],
    [{ amount: 1.5, currency: 'eur' }, 'amount'],
    [{ amount: 60_000 }, 'currency'],
    [{ ...TND, customer: 'cus_none' }, 'customer'],
  ])('refuses a payment of %j by its %s', async (parameters, param) => {
    const error = await refused(stripe.paymentIntents.create(parameters as never));
    expect(error).toMatchObject({ type: 'StripeInvalidRequestError', param });
  });

  it('refuses steps that the state does not allow', async () => {
    const { id } = await stripe.paymentIntents.create({ ...TND, payment_method: 'pm_card_visa', confirm: true });
    for (const step of [
      () => stripe.paymentIntents.capture(id),
      () => stripe.paymentIntents.cancel(id),
      () => stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }),
    ]) {
      expect(await refused(step())).toMatchObject({ code: 'payment_intent_unexpected_state', statusCode: 400 });
    }
    expect(await refused(stripe.paymentIntents.retrieve('pi_none'))).toMatchObject({
      code: 'resource_missing',
      statusCode: 404,
    });
  });

  it('lets go of what was not captured within seven days', async () => {
    const { id } = await stripe.paymentIntents.create({
      ...TND,
      capture_method: 'manual',
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    const before = now;
    now = new Date(now.getTime() + 7 * 86_400_000);
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'automatic',
    });
    now = before;
  });

  it('does the same request once under its key, declines included, and tells another request apart', async () => {
    const idempotencyKey = 'once';
    const first = await stripe.paymentIntents.create(TND, { idempotencyKey });
    expect((await stripe.paymentIntents.create(TND, { idempotencyKey })).id).toBe(first.id);
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

async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

describe('webhooks', () => {
  /** A receiver that verifies what it gets as MedFlow does. */
  async function listen(answer: () => number = () => 200) {
    const heard: Stripe.Event[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const status = answer();
        const raw = Buffer.concat(chunks);
        if (status === 200)
          heard.push(
            Stripe.webhooks.constructEvent(raw, String(request.headers['stripe-signature']), keys.webhookSecret),
          );
        response.statusCode = status;
        response.end();
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { heard, url, close: () => new Promise((resolve) => server.close(resolve)) };
  }
  const quiet = async (provider: TestProvider) => {
    for (let n = 0; n < 300 && provider.waiting() > 0; n += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(provider.waiting()).toBe(0);
  };
  const pay = (stripe: Stripe) =>
    stripe.paymentIntents.create({ ...TND, payment_method: 'pm_card_visa', confirm: true });

  it('are signed, and tell what happened', async () => {
    const receiver = await listen();
    const provider = await startTestProvider({ ...keys, webhookUrl: () => receiver.url });
    const { id } = await pay(stripeOf(provider));
    await quiet(provider);
    expect(receiver.heard.map(({ type }) => type).sort()).toEqual([
      'charge.succeeded',
      'payment_intent.created',
      'payment_intent.succeeded',
    ]);
    const told = receiver.heard.find(({ type }) => type === 'payment_intent.succeeded');
    expect(told?.data.object).toMatchObject({ id, status: 'succeeded' });
    await provider.stop();
    await receiver.close();
  });

  it('are doubled or dropped as asked', async () => {
    const receiver = await listen();
    const provider = await startTestProvider({
      ...keys,
      webhookUrl: () => receiver.url,
      webhookFaults: { duplicate: 1, delayMs: [0, 50], reorder: true },
    });
    await pay(stripeOf(provider));
    await quiet(provider);
    expect(receiver.heard).toHaveLength(6);
    expect(new Set(receiver.heard.map(({ id }) => id)).size).toBe(3);
    provider.setWebhookFaults({ drop: 1 });
    await pay(stripeOf(provider));
    await quiet(provider);
    expect(receiver.heard).toHaveLength(6);
    await provider.stop();
    await receiver.close();
  });

  it('are repeated until they are taken, also by the next process; state and keys outlive it as well', async () => {
    let status = 500;
    const receiver = await listen(() => status);
    const store = new MemoryStore();
    const options = { ...keys, store, webhookUrl: () => receiver.url };
    const first = await startTestProvider(options);
    const intent = await stripeOf(first).paymentIntents.create(
      { ...TND, payment_method: 'pm_card_visa', confirm: true },
      { idempotencyKey: 'across' },
    );
    await first.stop();
    expect(first.waiting()).toBe(3);
    status = 200;
    const second = await startTestProvider(options);
    await quiet(second);
    expect(receiver.heard).toHaveLength(3);
    const again = await stripeOf(second).paymentIntents.create(
      { ...TND, payment_method: 'pm_card_visa', confirm: true },
      { idempotencyKey: 'across' },
    );
    expect(again.id).toBe(intent.id);
    await second.stop();
    await receiver.close();
  });
});
