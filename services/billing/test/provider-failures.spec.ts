import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AppointmentNews } from '../src/domain/charge.js';
import { type AppointmentStatus, refundedOf, type Timing } from '../src/domain/charge-state.js';
import { DAY_MS, HOUR_MS } from '../src/domain/values.js';
import { ReconcileHandler } from '../src/application/reconcile.js';
import type { Ledger } from '../src/domain/charges.js';
import { card, type Fault } from './fakes.js';
import { billingInMemory } from './in-memory.js';

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
  const world = billingInMemory();
  const [{ follow, pay, settle, webhook }] = world.processes;
  const startsAt = new Date(world.clock.now().getTime() + daysAhead * DAY_MS);
  let sequence = 0;
  const tell = (status: AppointmentStatus, refund?: number) => {
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
  const state = () => [...world.charges.states.values()][0]!;
  return {
    ...world,
    tell,
    state,
    webhook,
    pay: (methodId: string = card.good) =>
      pay.execute({ patientId: 'p1', appointmentId: 'a1', methodId, saveMethod: false }),
    settle: () => settle.attempt(state().id),
    taken: () => [...world.provider.intents.values()].reduce((sum, { captures, amount }) => sum + captures * amount, 0),
    back: () => [...world.provider.intents.values()].flatMap(({ refunds }) => refunds),
    /** As the jobs do: whatever is due, for so long. How often anything was tried. */
    async live(ms: number): Promise<number> {
      let attempts = 0;
      for (const end = world.clock.now().getTime() + ms; ;) {
        const { checkAt } = state();
        if (checkAt === null || checkAt.getTime() > end) break;
        world.clock.pass(Math.max(0, checkAt.getTime() - world.clock.now().getTime()));
        attempts += 1;
        await settle.attempt(state().id).catch(() => undefined);
      }
      return attempts;
    },
  };
}

describe('a failure of the provider', () => {
  const faults: Fault[] = ['failed-before', 'failed-after'];

  it.each(faults)('%s a payment is begun or confirmed leaves one payment, made by the next try', async (fault) => {
    for (const before of [[], [undefined]] as Fault[][]) {
      const { provider, taken, tell, pay, state } = visit();
      await tell('accepted');
      provider.faults = [...before, fault];
      await expect(pay()).rejects.toMatchObject({ code: 'payment-provider-unavailable' });
      // It had happened, and is told so.
      await pay().catch((error: { code: string }) => expect(error.code).toBe('already-paid'));
      expect([state().status, taken(), provider.intents.size]).toEqual(['paid', 60_000, 1]);
    }
  });

  it.each(faults)('%s a capture, a charge of a saved card or a refund is made up for, once', async (fault) => {
    const held = visit({ timing: 'at-booking' });
    await held.tell('held');
    await held.pay();
    await held.tell('requested');
    await held.tell('accepted');
    held.provider.faults = [fault];
    await expect(held.settle()).rejects.toMatchObject({ code: 'payment-provider-unavailable' });
    await held.live(HOUR_MS);
    expect([held.state().status, held.taken()]).toEqual(['paid', 60_000]);
    await held.tell('cancelled', 30_000);
    held.provider.faults = [fault];
    await expect(held.settle()).rejects.toThrow();
    await held.live(HOUR_MS);
    expect([held.state().status, held.back()]).toEqual(['partly-refunded', [30_000]]);

    const saved = visit({ timing: 'at-booking', daysAhead: 20 });
    await saved.tell('held');
    await saved.pay();
    await saved.tell('requested');
    await saved.tell('accepted');
    saved.provider.faults = [fault];
    await expect(saved.settle()).rejects.toThrow();
    await saved.live(HOUR_MS);
    expect([saved.state().status, saved.taken()]).toEqual(['paid', 60_000]);
  });

  it('that goes on is asked for ever more seldom, by whichever process comes', async () => {
    const world = visit();
    await world.tell('accepted');
    await world.pay();
    await world.tell('cancelled');
    world.provider.faults = Array.from({ length: 10_000 }, () => 'failed-before');
    const attempts = await world.live(HOUR_MS);
    // Ten doublings from a second, then every ten minutes.
    expect(attempts).toBeGreaterThan(8);
    expect(attempts).toBeLessThan(20);
    expect(world.state().failures).toBe(attempts);
    world.provider.faults = [];
    await world.live(HOUR_MS);
    expect([world.state().status, world.back()]).toEqual(['refunded', [60_000]]);
    expect(world.state().failures ?? 0).toBe(0);
  });
});

describe('a step that the provider refuses', () => {
  const refusedRefund = async () => {
    const world = visit();
    await world.tell('accepted');
    await world.pay();
    world.provider.refusesRefunds = true;
    await world.tell('cancelled');
    return world;
  };

  it('waits ten minutes, then ever longer, however often somebody wants to look', async () => {
    const world = await refusedRefund();
    const callsBefore = world.provider.calls;
    lines = [];
    expect(await world.live(HOUR_MS)).toBe(3);
    // Each a refund and a look at what it is instead, after the look that a charge which is woken begins with.
    expect(world.provider.calls - callsBefore).toBeLessThanOrEqual(12);
    expect(lines.filter((line) => line.includes('refund:60000') || line.includes('refund refused'))).toHaveLength(3);
    const { refusal, checkAt } = world.state();
    expect(refusal).toMatchObject({ step: 'refund:60000', reason: 'balance_insufficient', times: 3 });
    expect(checkAt).toEqual(refusal!.until);
    // Webhooks and restarts change nothing about it.
    for (let n = 0; n < 50; n += 1) {
      await world.webhook.execute({ id: `evt_${n}`, type: 'x', intentIds: [world.state().intent!.id] });
      expect(await world.settle()).toBe('done');
    }
    expect(world.state().refusal!.times).toBe(3);
    expect(world.state().checkAt).toEqual(refusal!.until);
    const day = await world.live(DAY_MS);
    expect(day).toBeLessThan(9);
  });

  it('is done once the provider can, under a key of its own', async () => {
    const world = await refusedRefund();
    await world.live(HOUR_MS);
    world.provider.refusesRefunds = false;
    await world.live(DAY_MS);
    expect([world.state().status, world.back()]).toEqual(['refunded', [60_000]]);
    expect(world.state().refusal).toBeUndefined();
    expect(world.state().checkAt).toBeNull();
  });

  it('is forgotten when something else is to be done', async () => {
    const world = visit({ timing: 'at-booking' });
    await world.tell('held');
    await world.pay();
    await world.tell('requested');
    await world.tell('accepted');
    // Captured and given back behind our back.
    const intent = [...world.provider.intents.values()][0]!;
    Object.assign(intent, { status: 'canceled' });
    await world.settle();
    expect(world.state()).toMatchObject({ status: 'failed', declineCode: 'authorization_expired' });
    expect(world.state().refusal).toBeUndefined();
  });

  it('is listed with the reconciliation until it is over', async () => {
    const world = await refusedRefund();
    const ledger = { movements: async function* () {}, balances: async () => [] } as unknown as Ledger;
    const reconcile = new ReconcileHandler(ledger, world.charges, world.provider, world.clock);
    const listed = async () => (await reconcile.execute(world.clock.now(), world.clock.now())).refused;
    expect(await listed()).toEqual([]);
    await world.settle();
    expect(await listed()).toMatchObject([{ paymentId: world.state().id, step: 'refund:60000', times: 1 }]);
    world.provider.refusesRefunds = false;
    await world.live(DAY_MS);
    expect(await listed()).toEqual([]);
  });
});

describe('a price of before prices were checked', () => {
  it.each([
    [12_345, 12_350],
    [60_005, 60_010],
  ])('of %s millimes is charged as %s, and a whole refund leaves', async (price, charged) => {
    for (const refund of [undefined, price, charged]) {
      const world = visit({ price });
      await world.tell('accepted');
      await world.pay();
      await world.tell('cancelled', refund);
      await world.live(HOUR_MS);
      expect([world.taken(), world.back(), world.state().status]).toEqual([charged, [charged], 'refunded']);
      expect(refundedOf(world.state())).toBe(charged);
      expect(world.state().checkAt).toBeNull();
    }
  });

  it('gives back in part what can be moved', async () => {
    const world = visit({ price: 12_345 });
    await world.tell('accepted');
    await world.pay();
    await world.tell('cancelled', 6_173);
    await world.live(HOUR_MS);
    expect([world.back(), world.state().status, world.state().checkAt]).toEqual([[6_170], 'partly-refunded', null]);
  });

  it('that was owed as it was written goes back whole', async () => {
    const world = visit({ price: 12_345 });
    await world.tell('accepted');
    await world.pay();
    await world.tell('cancelled', 0);
    // As an earlier version left it.
    const state = { ...world.state(), owed: 12_345 };
    world.charges.states.set(state.id, state);
    await world.settle();
    expect(world.back()).toEqual([12_350]);
  });

  it('of 3 millimes is not charged at all', async () => {
    const world = visit({ price: 3 });
    await world.tell('accepted');
    expect(world.state()).toMatchObject({ status: 'none', amount: { amount: 0 } });
    await expect(world.pay()).rejects.toMatchObject({ code: 'not-payable', reason: 'free' });
    await world.tell('cancelled');
    expect(world.state().checkAt).toBeNull();
  });
});
