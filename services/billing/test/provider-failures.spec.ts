import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../src/domain/values.js';
import { card, type Fault } from './provider-in-memory.js';
import { visit } from './visit-fixture.js';

beforeEach(() => {
  Logger.overrideLogger(false);
});

describe('a failure of the provider', () => {
  const faults: Fault[] = ['failed-before', 'failed-after'];

  it.each(faults)('%s a payment is made or confirmed leaves one payment, made by the next try', async (fault) => {
    for (const isBegunByPage of [false, true]) {
      const { provider, taken, deliver, pay, state } = visit();
      await deliver('accepted');
      if (isBegunByPage) await pay(null);
      // What the page has begun is looked at first.
      provider.faults = isBegunByPage ? [undefined, fault] : [fault];
      await expect(pay()).rejects.toMatchObject({ code: 'payment-provider-unavailable' });
      // It had happened, and is told so.
      await pay().catch((error: { code: string }) => expect(error.code).toBe('already-paid'));
      expect([state().status, taken(), provider.intents.size]).toEqual(['paid', 60_000, 1]);
    }
  });

  it('before the payment is known here is made up for by what the intent says of itself', async () => {
    for (const fault of ['lost', 'unsent'] as Fault[]) {
      const { provider, taken, deliver, pay, state, live } = visit({ timing: 'at-booking' });
      await deliver('held');
      provider.faults = [fault];
      await expect(pay()).rejects.toMatchObject({ code: 'payment-provider-unavailable' });
      expect(state()).toMatchObject({ status: 'due', attempt: { methodId: card.good } });
      // The patient gives up, and the hold is lost.
      await deliver('expired');
      await deliver('lost');
      await live(HOUR_MS);
      const intents = [...provider.intents.values()].map(({ status }) => status);
      expect([intents, taken()]).toEqual([fault === 'lost' ? ['canceled'] : [], 0]);
      expect(state()).toMatchObject({ status: 'voided', checkAt: null });
    }
  });

  it('is not taken for a payment with another card, while nobody knows what came of the first', async () => {
    const { provider, taken, deliver, pay, state, clock } = visit();
    await deliver('accepted');
    provider.faults = ['unsent'];
    await expect(pay()).rejects.toMatchObject({ code: 'payment-provider-unavailable' });
    await expect(pay(card.secure)).rejects.toMatchObject({ code: 'payment-in-progress' });
    clock.pass(MINUTE_MS);
    expect((await pay(card.secure)).charge.status).toBe('requires-action');
    expect([state().attempts, provider.intents.size, taken()]).toEqual([2, 1, 0]);
  });

  it('that hides a payment which comes late is mended by its webhook', async () => {
    const { provider, deliver, pay, state, clock, live, webhook, settle } = visit({ timing: 'at-booking' });
    await deliver('held');
    provider.faults = ['lost'];
    await expect(pay()).rejects.toThrow();
    const [event] = provider.events;
    // As if it had reached the provider only now: nothing is found before.
    const made = [...provider.intents];
    provider.intents.clear();
    clock.pass(2 * MINUTE_MS);
    await deliver('cancelled');
    await live(HOUR_MS);
    expect(state().status).toBe('voided');
    for (const [id, intent] of made) provider.intents.set(id, intent);
    expect(await webhook.execute(event!)).toBe('taken');
    await settle();
    expect(provider.intents.get(made[0]![0])!.status).toBe('canceled');
    expect(state().status).toBe('voided');
  });

  it.each(faults)('%s a capture, a charge of a saved card or a refund is made up for, once', async (fault) => {
    const held = visit({ timing: 'at-booking' });
    await held.deliver('held');
    await held.pay();
    await held.deliver('requested');
    await held.deliver('accepted');
    held.provider.faults = [fault];
    await expect(held.settle()).rejects.toMatchObject({ code: 'payment-provider-unavailable' });
    await held.live(HOUR_MS);
    expect([held.state().status, held.taken()]).toEqual(['paid', 60_000]);
    await held.deliver('cancelled', 30_000);
    held.provider.faults = [fault];
    await expect(held.settle()).rejects.toThrow();
    await held.live(HOUR_MS);
    expect([held.state().status, held.back()]).toEqual(['partly-refunded', [30_000]]);

    const saved = visit({ timing: 'at-booking', daysAhead: 20 });
    await saved.deliver('held');
    await saved.pay();
    await saved.deliver('requested');
    await saved.deliver('accepted');
    saved.provider.faults = [fault];
    await expect(saved.settle()).rejects.toThrow();
    await saved.live(HOUR_MS);
    expect([saved.state().status, saved.taken()]).toEqual(['paid', 60_000]);
  });

  it('that goes on is asked for ever more seldom, by whichever process comes', async () => {
    const fixture = visit();
    await fixture.deliver('accepted');
    await fixture.pay();
    await fixture.deliver('cancelled');
    fixture.provider.faults = Array.from({ length: 10_000 }, () => 'failed-before');
    const attempts = await fixture.live(HOUR_MS);
    // Ten doublings from a second, then every ten minutes.
    expect(attempts).toBeGreaterThan(8);
    expect(attempts).toBeLessThan(20);
    expect(fixture.state().failures).toBe(attempts);
    fixture.provider.faults = [];
    await fixture.live(HOUR_MS);
    expect([fixture.state().status, fixture.back()]).toEqual(['refunded', [60_000]]);
    expect(fixture.state().failures ?? 0).toBe(0);
  });
});
