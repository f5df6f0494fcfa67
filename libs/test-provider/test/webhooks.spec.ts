import { describe, expect, it } from '@jest/globals';
import { MemoryStore, startTestProvider } from '../src/index.js';
import { keys, listen, payWith, quiet, stripeOf, TND } from './support.js';

describe('webhooks', () => {
  it('are signed, and tell what happened', async () => {
    const receiver = await listen();
    const provider = await startTestProvider({ ...keys, webhookUrl: () => receiver.url });
    const { id } = await payWith(stripeOf(provider));
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
    await payWith(stripeOf(provider));
    await quiet(provider);
    expect(receiver.heard).toHaveLength(6);
    expect(new Set(receiver.heard.map(({ id }) => id)).size).toBe(3);
    provider.setWebhookFaults({ drop: 1 });
    await payWith(stripeOf(provider));
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

  it('wait for a listener that is not there yet', async () => {
    const receiver = await listen();
    const address: { url?: string } = {};
    const store = new MemoryStore();
    const first = await startTestProvider({ ...keys, store, webhookUrl: () => address.url });
    await payWith(stripeOf(first));
    expect(first.waiting()).toBe(3);
    await first.stop();
    const second = await startTestProvider({ ...keys, store, webhookUrl: () => address.url });
    await payWith(stripeOf(second));
    expect(second.waiting()).toBe(6);
    address.url = receiver.url;
    await quiet(second);
    expect(receiver.heard).toHaveLength(6);
    await second.stop();
    await receiver.close();
  });

  it('tell of everything that happens to money and cards', async () => {
    const receiver = await listen();
    const provider = await startTestProvider({ ...keys, webhookUrl: () => receiver.url });
    const stripe = stripeOf(provider);
    const { id: customer } = await stripe.customers.create({});
    const told = async (happens: () => Promise<unknown>) => {
      receiver.heard.length = 0;
      await happens();
      await quiet(provider);
      return receiver.heard.map(({ type }) => type).sort();
    };
    const held = await payWith(stripe, 'pm_card_visa', { capture_method: 'manual' });
    const other = await payWith(stripe, 'pm_card_visa', { capture_method: 'manual' });
    await quiet(provider);
    expect(await told(() => stripe.paymentIntents.capture(held.id))).toEqual([
      'charge.captured',
      'payment_intent.succeeded',
    ]);
    expect(await told(() => stripe.paymentIntents.cancel(other.id))).toEqual([
      'charge.refunded',
      'payment_intent.canceled',
    ]);
    expect(await told(() => stripe.refunds.create({ payment_intent: held.id, amount: 10_000 }))).toEqual([
      'charge.refunded',
      'refund.created',
      'refund.updated',
    ]);
    expect(await told(() => payWith(stripe, 'pm_card_visa_chargeDeclined').catch(() => undefined))).toEqual([
      'charge.failed',
      'payment_intent.created',
      'payment_intent.payment_failed',
    ]);
    expect(await told(() => payWith(stripe, 'pm_card_threeDSecure2Required'))).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
    ]);
    const saved = () => stripe.setupIntents.create({ customer, payment_method: 'pm_card_visa', confirm: true });
    expect(await told(saved)).toEqual(['payment_method.attached', 'setup_intent.created', 'setup_intent.succeeded']);
    const { data } = await stripe.customers.listPaymentMethods(customer);
    expect(await told(() => stripe.paymentMethods.detach(data[0]!.id))).toEqual(['payment_method.detached']);
    const declined = { customer, payment_method: 'pm_card_visa_chargeDeclined', confirm: true };
    expect(await told(() => stripe.setupIntents.create(declined).catch(() => undefined))).toEqual([
      'setup_intent.created',
      'setup_intent.setup_failed',
    ]);
    const { id: setup } = await stripe.setupIntents.create({ customer });
    await quiet(provider);
    expect(await told(() => stripe.setupIntents.cancel(setup))).toEqual(['setup_intent.canceled']);
    await provider.stop();
    await receiver.close();
  });

  it('go wrong in the same way again with the same randomness', async () => {
    const heardWith = async (seed: number) => {
      const receiver = await listen();
      const provider = await startTestProvider({
        ...keys,
        webhookUrl: () => receiver.url,
        webhookFaults: { drop: 0.5, duplicate: 0.5 },
        random: seeded(seed),
      });
      for (let n = 0; n < 5; n += 1) await payWith(stripeOf(provider));
      await quiet(provider);
      await provider.stop();
      await receiver.close();
      return receiver.heard.map(({ type }) => type).sort();
    };
    expect(await heardWith(1)).toEqual(await heardWith(1));
  });

  it('take faults while running, from who has the secret key and in their own shape', async () => {
    const receiver = await listen();
    const provider = await startTestProvider({ ...keys, webhookUrl: () => receiver.url });
    const set = async (path: string, key: string, body: unknown) =>
      (
        await fetch(`${provider.url}/_test/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
          body: JSON.stringify(body),
        })
      ).status;
    expect(await set('webhooks', keys.publishableKey, { drop: 1 })).toBe(403);
    for (const faults of [null, [], { drop: 2 }, { drop: '1' }, { delayMs: [5, 1] }, { reorder: 1 }, { lose: 1 }])
      expect([faults, await set('webhooks', keys.secretKey, faults)]).toEqual([faults, 400]);
    expect(await set('webhooks', keys.secretKey, { drop: 1 })).toBe(200);
    await payWith(stripeOf(provider));
    expect(provider.waiting()).toBe(0);
    expect(await set('http', keys.secretKey, { failure: 1 })).toBe(200);
    await expect(payWith(stripeOf(provider))).rejects.toMatchObject({ statusCode: 500 });
    await provider.stop();
    await receiver.close();
  });
});

/** Numbers that look random and come again. Source: mulberry32, Tommy Ettinger, public domain. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
