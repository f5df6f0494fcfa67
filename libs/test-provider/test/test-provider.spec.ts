import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Stripe } from 'stripe';
import { startTestProvider, type TestProvider } from '../src/index.js';
import { keys, payWith, refused, stripeOf, TND } from './support.js';

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
    [{ amount: '1e4', currency: 'eur' }, 'amount'],
    [{ amount: 100_000_000, currency: 'tnd' }, 'amount'],
    [{ amount: 60_000 }, 'currency'],
    [{ amount: 60_000, currency: 'dinar' }, 'currency'],
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
    const { data: events } = await stripe.events.list({ limit: 2 });
    now = before;
    expect(events.map(({ type }) => type)).toEqual(['payment_intent.canceled', 'charge.expired']);
    expect(events[0]!.data.object).toMatchObject({ id, status: 'canceled', cancellation_reason: 'automatic' });
  });

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

  it('gives free what was set aside, which Stripe calls a refund though nothing moved', async () => {
    const { id } = await payWith(stripe, 'pm_card_visa', { capture_method: 'manual' });
    const moved = await collect(stripe.balanceTransactions.list({ limit: 100 }));
    const canceled = await stripe.paymentIntents.cancel(id, { expand: ['latest_charge.refunds'] });
    expect(canceled).toMatchObject({ status: 'canceled', amount_received: 0, amount_capturable: 0 });
    expect(canceled.latest_charge).toMatchObject({
      captured: false,
      refunded: true,
      refunds: { data: [{ amount: 60_000, balance_transaction: null }] },
    });
    expect(await collect(stripe.balanceTransactions.list({ limit: 100 }))).toHaveLength(moved.length);
    expect((await refused(stripe.refunds.create({ payment_intent: id }))).statusCode).toBe(400);
  });

  it.each([
    [{ ...TND, payment_method: 'pm_none', confirm: true }],
    [{ ...TND, payment_method: 'pm_card_none', confirm: true }],
    [{ ...TND, confirm: true }],
  ])('leaves nothing behind of a payment that it refuses: %j', async (parameters) => {
    const before = [await stripe.paymentIntents.list({ limit: 1 }), await stripe.events.list({ limit: 1 })];
    expect((await refused(stripe.paymentIntents.create(parameters))).type).toBe('StripeInvalidRequestError');
    const after = [await stripe.paymentIntents.list({ limit: 1 }), await stripe.events.list({ limit: 1 })];
    expect(after.map(({ data }) => data)).toEqual(before.map(({ data }) => data));
  });

  it('charges once when a payment is confirmed twice at the same moment', async () => {
    const { id } = await stripe.paymentIntents.create(TND);
    const confirm = () => stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
    const results = await Promise.allSettled([confirm(), confirm(), confirm()]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await stripe.charges.list({ payment_intent: id })).data).toHaveLength(1);
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

async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}
