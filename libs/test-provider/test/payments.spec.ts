import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Stripe } from 'stripe';
import { startTestProvider, type TestProvider } from '../src/index.js';
import { collect, keys, payWith, refused, stripeOf, TND } from './support.js';

describe('payments of the test provider', () => {
  let provider: TestProvider;
  let stripe: Stripe;
  let now = new Date('2026-11-23T09:00:00Z');
  beforeAll(async () => {
    provider = await startTestProvider({ ...keys, now: () => now });
    stripe = stripeOf(provider);
  });
  afterAll(() => provider.stop());

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
});
