import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { refundedOf } from '../src/domain/charge-state.js';
import { HOUR_MS } from '../src/domain/values.js';
import { visit } from './visit-fixture.js';

beforeEach(() => {
  Logger.overrideLogger(false);
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
