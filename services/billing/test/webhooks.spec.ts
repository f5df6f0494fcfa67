import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { card } from './provider-in-memory.js';
import { visit } from './visit-fixture.js';

beforeEach(() => {
  Logger.overrideLogger(false);
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
