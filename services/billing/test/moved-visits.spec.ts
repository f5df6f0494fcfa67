import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../src/domain/values.js';
import { visit } from './visit-fixture.js';

beforeEach(() => {
  Logger.overrideLogger(false);
});

const later = (fixture: ReturnType<typeof visit>) => ({
  startsAt: new Date(fixture.clock.now().getTime() + 20 * DAY_MS),
  mode: 'in-person' as const,
});

describe('a visit that was moved', () => {
  it.each(['at-booking', 'after-acceptance'] as const)(
    'keeps its payment, %s, and goes to its new time',
    async (timing) => {
      const fixture = visit({ timing });
      await fixture.deliver(timing === 'at-booking' ? 'held' : 'accepted');
      await fixture.pay();
      await fixture.deliver('accepted');
      await fixture.live(HOUR_MS);
      const moved = later(fixture);
      await fixture.deliver('requested', undefined, moved);
      await fixture.live(HOUR_MS);
      expect(fixture.state()).toMatchObject({ ...moved, status: 'paid', appointment: 'requested' });
      await expect(fixture.pay()).rejects.toMatchObject({ code: 'already-paid' });
      await fixture.deliver('accepted', undefined, moved);
      await fixture.live(HOUR_MS);
      expect([fixture.taken(), fixture.back()]).toEqual([60_000, []]);
    },
  );

  it('goes back whole when the doctor does not take the other time', async () => {
    const fixture = visit();
    await fixture.deliver('accepted');
    await fixture.pay();
    await fixture.deliver('requested', undefined, later(fixture));
    await fixture.deliver('rejected', undefined, later(fixture));
    await fixture.live(HOUR_MS);
    expect([fixture.back(), fixture.state().status]).toEqual([[60_000], 'refunded']);
  });

  it('has what is set aside taken once the doctor accepts the other time', async () => {
    const fixture = visit({ timing: 'at-booking' });
    await fixture.deliver('held');
    await fixture.pay();
    await fixture.deliver('requested');
    await fixture.deliver('requested', undefined, later(fixture));
    await fixture.live(HOUR_MS);
    expect([fixture.taken(), fixture.state().status]).toEqual([0, 'authorised']);
    await fixture.deliver('accepted', undefined, later(fixture));
    await fixture.live(HOUR_MS);
    expect(fixture.taken()).toBe(60_000);
  });

  it.each([
    [60_000, 70_000],
    [0, 70_000],
    [60_000, 0],
  ])('costs what its new slot does, as nothing was begun for the other: %s, then %s', async (before, after) => {
    const fixture = visit({ price: before });
    await fixture.deliver('requested');
    await fixture.deliver('requested', undefined, { price: { amount: after, currency: 'TND' } });
    await fixture.deliver('accepted', undefined, { price: { amount: after, currency: 'TND' } });
    if (after === 0) await expect(fixture.pay()).rejects.toMatchObject({ reason: 'free' });
    else await fixture.pay();
    expect([fixture.taken(), fixture.state().status]).toEqual([after, after === 0 ? 'none' : 'paid']);
  });

  it('keeps the price that its patient has begun to pay, whatever is told', async () => {
    const fixture = visit();
    await fixture.deliver('accepted');
    await fixture.pay(null);
    await fixture.deliver('requested', undefined, { price: { amount: 70_000, currency: 'TND' } });
    expect(fixture.state().amount).toEqual({ amount: 60_000, currency: 'TND' });
  });
});
