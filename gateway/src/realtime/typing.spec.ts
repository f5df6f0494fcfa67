import { describe, expect, it } from '@jest/globals';
import { TypingRelay, type Typist } from './typing.js';

function relay(tell?: () => Promise<void>) {
  const told: string[] = [];
  const clock = { now: 0 };
  const passing = new TypingRelay(
    async (conversationId, accountId) => {
      told.push(`${accountId} in ${conversationId}`);
      await tell?.();
    },
    () => clock.now,
  );
  return { told, clock, passing };
}

describe('that somebody types', () => {
  it('is passed on in the name of the account that is connected, whatever the browser says', async () => {
    const { told, passing } = relay();
    await passing.pass({ accountId: 'amina' }, { conversationId: 'c-1', accountId: 'karim' });
    expect(told).toEqual(['amina in c-1']);
  });

  it('is passed on every second and a half at most, by each connection', async () => {
    const { told, clock, passing } = relay();
    const [one, other]: Typist[] = [{ accountId: 'amina' }, { accountId: 'karim' }];
    for (let at = 0; at < 3_000; at += 100) {
      clock.now = at;
      await passing.pass(one!, { conversationId: 'c-1' });
      if (at === 100) await passing.pass(other!, { conversationId: 'c-1' });
    }
    expect(told).toEqual(['amina in c-1', 'karim in c-1', 'amina in c-1']);
  });

  it.each([
    undefined,
    null,
    'c-1',
    {},
    { conversationId: 7 },
    { conversationId: '' },
    { conversationId: '../accounts' },
    { conversationId: 'x'.repeat(65) },
    { conversationId: { $ne: null } },
  ])('is not passed on of %j', async (word) => {
    const { told, passing } = relay();
    await passing.pass({ accountId: 'amina' }, word);
    expect(told).toEqual([]);
  });

  it('is not passed on by a connection that is nobody’s', async () => {
    const { told, passing } = relay();
    await passing.pass({}, { conversationId: 'c-1' });
    expect(told).toEqual([]);
  });

  it('is lost without harm while consultations is away', async () => {
    const { passing } = relay(() => Promise.reject(new Error('away')));
    await expect(passing.pass({ accountId: 'amina' }, { conversationId: 'c-1' })).resolves.toBeUndefined();
  });
});
