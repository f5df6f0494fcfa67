import { describe, expect, it } from '@jest/globals';
import { eventually } from '@medflow/testing';
import { MemoryStore, type Row, startTestProvider, type Store } from '../src/index.js';
import { keys, payWith, stripeOf, TND } from './support.js';

/** A store that can be held up, and refuse. */
class TroubledStore implements Store {
  readonly kept = new MemoryStore();
  refuses = 0;
  attempts = 0;
  private gate: Promise<void> = Promise.resolve();

  /** @returns lets writes through again */
  hold(): () => void {
    let open = () => undefined as void;
    this.gate = new Promise((resolve) => (open = resolve));
    return open;
  }

  load(): Promise<Row[]> {
    return this.kept.load();
  }

  async write(rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    const asTheyAre = structuredClone(rows);
    this.attempts += 1;
    await this.gate;
    if (this.refuses > 0) {
      this.refuses -= 1;
      throw new Error('the store is away');
    }
    await this.kept.write(asTheyAre);
  }
}

const chargesIn = async (store: Store) =>
  (await store.load()).filter(({ id }) => id.startsWith('ch_')).map(({ data }) => data);

describe('what the test provider answers is kept', () => {
  it('before it is answered, also to those who only look', async () => {
    const store = new TroubledStore();
    const provider = await startTestProvider({ ...keys, store });
    const stripe = stripeOf(provider);
    const { id } = await stripe.paymentIntents.create(TND);
    const open = store.hold();
    let answered = 0;
    const confirmed = stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }).then((intent) => {
      answered += 1;
      return intent;
    });
    await eventually(() => store.attempts === 2);
    const seen = stripe.paymentIntents.retrieve(id).then((intent) => {
      answered += 1;
      return intent;
    });
    // Time enough for an answer that does not wait.
    await fetch(`${provider.url}/v1/none`);
    await fetch(`${provider.url}/v1/none`);
    expect(answered).toBe(0);
    expect(await chargesIn(store)).toEqual([]);
    open();
    expect((await confirmed).status).toBe('succeeded');
    expect((await seen).status).toBe('succeeded');
    expect(await chargesIn(store)).toHaveLength(1);
    await provider.stop();
  });

  it('when the store was away meanwhile, and done once all the same', async () => {
    const store = new TroubledStore();
    const provider = await startTestProvider({ ...keys, store });
    store.refuses = 2;
    const pay = () =>
      stripeOf(provider, 2).paymentIntents.create(
        { ...TND, payment_method: 'pm_card_visa', confirm: true },
        { idempotencyKey: 'away' },
      );
    const [paid, again] = [await pay(), await pay()];
    expect(again.id).toBe(paid.id);
    expect((await stripeOf(provider).charges.list()).data).toHaveLength(1);
    expect(await chargesIn(store)).toHaveLength(1);
    await provider.stop();
  });

  it('in the order in which it happened', async () => {
    const store = new TroubledStore();
    const provider = await startTestProvider({ ...keys, store });
    const stripe = stripeOf(provider);
    const { id } = await payWith(stripe);
    const open = store.hold();
    store.refuses = 1;
    const refunds = [1, 2, 3, 4, 5].map(() => stripe.refunds.create({ payment_intent: id, amount: 10_000 }));
    open();
    await Promise.all(refunds);
    expect(await chargesIn(store)).toMatchObject([{ amount_refunded: 50_000 }]);
    await provider.stop();
  });

  it('for its time: keys for a day, events for thirty', async () => {
    const store = new MemoryStore();
    let now = new Date('2026-11-23T09:00:00Z');
    const create = async (port: number) =>
      (await stripeOf({ port }).paymentIntents.create(TND, { idempotencyKey: 'daily' })).id;
    const afterDays = async (days: number) => {
      now = new Date(now.getTime() + days * 86_400_000);
      const provider = await startTestProvider({ ...keys, store, now: () => now });
      const id = await create(provider.port);
      const { data } = await stripeOf(provider).events.list();
      await provider.stop();
      return { id, events: data.length };
    };
    const first = await afterDays(0);
    const sameDay = await afterDays(0.9);
    expect(sameDay.id).toBe(first.id);
    const nextDay = await afterDays(0.2);
    expect(nextDay.id).not.toBe(first.id);
    expect(nextDay.events).toBe(2);
    expect((await afterDays(31)).events).toBe(1);
    expect((await store.load()).filter(({ kind }) => kind === 'answer')).toHaveLength(1);
  });
});
