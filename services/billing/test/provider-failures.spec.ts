import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AppointmentNews } from '../src/domain/charge.js';
import { type AppointmentStatus, refundedOf, type Timing } from '../src/domain/charge-state.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/domain/values.js';
import { ReconcileHandler } from '../src/application/reconcile.js';
import type { Ledger } from '../src/domain/charges.js';

import { billingInMemory, payer } from './in-memory.js';
import { card, type Fault } from './provider-in-memory.js';

let lines: string[];
beforeEach(() => {
  lines = [];
  Logger.overrideLogger(false);
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(String(line)));
});

interface Terms {
  timing?: Timing;
  price?: number;
  daysAhead?: number;
}

/** One appointment whose facts are told one after the other. */
function visit({ timing = 'after-acceptance', price = 60_000, daysAhead = 2 }: Terms = {}) {
  const fixture = billingInMemory();
  const [{ follow, pay, settle, webhook }] = fixture.processes;
  const startsAt = new Date(fixture.clock.now().getTime() + daysAhead * DAY_MS);
  let sequence = 0;
  const deliver = (status: AppointmentStatus, refund?: number) => {
    const news: AppointmentNews = {
      appointmentId: 'a1',
      patientId: 'p1',
      doctorId: 'd1',
      startsAt,
      mode: 'video',
      price: { amount: price, currency: 'TND' },
      timing,
      status,
      sequence: (sequence += 1),
      ...(refund !== undefined && { refund }),
    };
    return follow.execute([news]);
  };
  const state = () => [...fixture.charges.states.values()][0]!;
  return {
    ...fixture,
    deliver,
    state,
    webhook,
    /** @param methodId null where the page is to confirm */
    pay: (methodId: string | null = card.good) =>
      pay.execute({ by: payer, appointmentId: 'a1', ...(methodId !== null && { methodId }), saveMethod: false }),
    settle: () => settle.attempt(state().id),
    taken: () =>
      [...fixture.provider.intents.values()].reduce((sum, { captures, amount }) => sum + captures * amount, 0),
    back: () => [...fixture.provider.intents.values()].flatMap(({ refunds }) => refunds),
    /** As the jobs do: whatever is due, for so long. How often anything was tried. */
    async live(ms: number): Promise<number> {
      let attempts = 0;
      for (const end = fixture.clock.now().getTime() + ms; ;) {
        const { checkAt } = state();
        if (checkAt === null || checkAt.getTime() > end) break;
        fixture.clock.pass(Math.max(0, checkAt.getTime() - fixture.clock.now().getTime()));
        attempts += 1;
        await settle.attempt(state().id).catch(() => undefined);
      }
      return attempts;
    },
  };
}

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

describe('a webhook', () => {
  it('about what was observed costs no call of the provider, and no write', async () => {
    const { provider, charges, deliver, pay, state, webhook, settle } = visit({ timing: 'at-booking' });
    await deliver('held');
    await pay();
    await deliver('requested');
    await deliver('accepted');
    await settle();
    await deliver('cancelled', 30_000);
    await settle();
    expect(state().status).toBe('partly-refunded');
    const [calls, before] = [provider.calls, state()];
    expect(provider.events.map(({ type }) => type)).toHaveLength(3);
    for (const event of provider.events) expect(await webhook.execute(event)).toBe('known');
    expect([provider.calls, charges.states.get(before.id)]).toEqual([calls, before]);
  });

  it('that comes before its payment is saved waits for that, and is nothing new then', async () => {
    const { provider, deliver, pay, webhook } = visit({ timing: 'at-booking' });
    await deliver('held');
    const paid = pay();
    while (provider.events.length === 0) await Promise.resolve();
    expect(await webhook.execute(provider.events[0]!)).toBe('known');
    await paid;
  });

  it('of what is not known has it looked at, and is believed no further', async () => {
    const { provider, deliver, pay, state, webhook, settle } = visit({ timing: 'at-booking' });
    await deliver('held');
    const { charge } = await pay(card.secure);
    const intentId = charge.intent!.id;
    const content = { of: 'intent', intentId, status: 'succeeded', captured: 60_000 } as const;
    const lie = { id: 'evt_lie', type: 'payment_intent.succeeded', intentIds: [intentId], content };
    expect(await webhook.execute(lie)).toBe('taken');
    await settle();
    expect(state().status).toBe('requires-action');
    provider.authenticate(intentId, true);
    expect(await webhook.execute(provider.events.at(-1)!)).toBe('taken');
    await settle();
    expect(state().status).toBe('authorised');
  });
});

describe('a step that the provider refuses', () => {
  const refusedRefund = async () => {
    const fixture = visit();
    await fixture.deliver('accepted');
    await fixture.pay();
    fixture.provider.refusesRefunds = true;
    await fixture.deliver('cancelled');
    return fixture;
  };

  it('waits ten minutes, then ever longer, however often somebody wants to look', async () => {
    const fixture = await refusedRefund();
    const callsBefore = fixture.provider.calls;
    lines = [];
    expect(await fixture.live(HOUR_MS)).toBe(3);
    // Each a refund and a look at what it is instead, after the look that a charge which is woken begins with.
    expect(fixture.provider.calls - callsBefore).toBeLessThanOrEqual(12);
    expect(lines.filter((line) => line.includes('refund:60000') || line.includes('refund refused'))).toHaveLength(3);
    const { refusal, checkAt } = fixture.state();
    expect(refusal).toMatchObject({ step: 'refund:60000', reason: 'balance_insufficient', times: 3 });
    expect(checkAt).toEqual(refusal!.until);
    // Webhooks and restarts change nothing about it.
    for (let n = 0; n < 50; n += 1) {
      await fixture.webhook.execute({ id: `evt_${n}`, type: 'x', intentIds: [fixture.state().intent!.id] });
      expect(await fixture.settle()).toBe('done');
    }
    expect(fixture.state().refusal!.times).toBe(3);
    expect(fixture.state().checkAt).toEqual(refusal!.until);
    const day = await fixture.live(DAY_MS);
    expect(day).toBeLessThan(9);
  });

  it('is done once the provider can, under a key of its own', async () => {
    const fixture = await refusedRefund();
    await fixture.live(HOUR_MS);
    fixture.provider.refusesRefunds = false;
    await fixture.live(DAY_MS);
    expect([fixture.state().status, fixture.back()]).toEqual(['refunded', [60_000]]);
    expect(fixture.state().refusal).toBeUndefined();
    expect(fixture.state().checkAt).toBeNull();
  });

  it('is forgotten when something else is to be done', async () => {
    const fixture = visit({ timing: 'at-booking' });
    await fixture.deliver('held');
    await fixture.pay();
    await fixture.deliver('requested');
    await fixture.deliver('accepted');
    // Captured and given back behind our back.
    const intent = [...fixture.provider.intents.values()][0]!;
    Object.assign(intent, { status: 'canceled' });
    await fixture.settle();
    expect(fixture.state()).toMatchObject({ status: 'failed', declineCode: 'authorization_expired' });
    expect(fixture.state().refusal).toBeUndefined();
  });

  it('is listed with the reconciliation until it is over', async () => {
    const fixture = await refusedRefund();
    const ledger = { movements: async function* () {}, balances: async () => [] } as unknown as Ledger;
    const reconcile = new ReconcileHandler(ledger, fixture.charges, fixture.provider, fixture.clock);
    const listed = async () => (await reconcile.execute(fixture.clock.now(), fixture.clock.now())).refused;
    expect(await listed()).toEqual([]);
    await fixture.settle();
    expect(await listed()).toMatchObject([{ paymentId: fixture.state().id, step: 'refund:60000', times: 1 }]);
    fixture.provider.refusesRefunds = false;
    await fixture.live(DAY_MS);
    expect(await listed()).toEqual([]);
  });
});

describe('a price of before prices were checked', () => {
  it.each([
    [12_345, 12_350],
    [60_005, 60_010],
  ])('of %s millimes is charged as %s, and a whole refund leaves', async (price, charged) => {
    for (const refund of [undefined, price, charged]) {
      const fixture = visit({ price });
      await fixture.deliver('accepted');
      await fixture.pay();
      await fixture.deliver('cancelled', refund);
      await fixture.live(HOUR_MS);
      expect([fixture.taken(), fixture.back(), fixture.state().status]).toEqual([charged, [charged], 'refunded']);
      expect(refundedOf(fixture.state())).toBe(charged);
      expect(fixture.state().checkAt).toBeNull();
    }
  });

  it('gives back in part what can be moved', async () => {
    const fixture = visit({ price: 12_345 });
    await fixture.deliver('accepted');
    await fixture.pay();
    await fixture.deliver('cancelled', 6_173);
    await fixture.live(HOUR_MS);
    expect([fixture.back(), fixture.state().status, fixture.state().checkAt]).toEqual([
      [6_170],
      'partly-refunded',
      null,
    ]);
  });

  it('that was owed as it was written goes back whole', async () => {
    const fixture = visit({ price: 12_345 });
    await fixture.deliver('accepted');
    await fixture.pay();
    await fixture.deliver('cancelled', 0);
    // As an earlier version left it.
    const state = { ...fixture.state(), owed: 12_345 };
    fixture.charges.states.set(state.id, state);
    await fixture.settle();
    expect(fixture.back()).toEqual([12_350]);
  });

  it('of 3 millimes is not charged at all', async () => {
    const fixture = visit({ price: 3 });
    await fixture.deliver('accepted');
    expect(fixture.state()).toMatchObject({ status: 'none', amount: { amount: 0 } });
    await expect(fixture.pay()).rejects.toMatchObject({ code: 'not-payable', reason: 'free' });
    await fixture.deliver('cancelled');
    expect(fixture.state().checkAt).toBeNull();
  });
});
