import { PeopleInMemory } from '@medflow/testing';
import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ReconcileHandler } from '../src/application/reconcile.js';
import { DAY_MS, HOUR_MS } from '../src/domain/values.js';
import { LedgerInMemory } from './ledger-in-memory.js';
import { visit } from './visit-fixture.js';

let lines: string[];
beforeEach(() => {
  lines = [];
  Logger.overrideLogger(false);
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(String(line)));
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
    const ledger = new LedgerInMemory(fixture.charges.ledger, new PeopleInMemory());
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
