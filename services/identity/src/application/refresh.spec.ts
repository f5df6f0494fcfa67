import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CountingRandomness, FixedClock, SessionsInMemory } from '../../test/fakes.js';
import { HmacDigests } from '../adapters/crypto/hmac-digests.js';
import type { Account, Accounts } from '../domain/account.js';
import { SessionExpired } from '../domain/errors.js';
import type { AccessTokenSigner } from '../domain/session.js';
import { RefreshHandler } from './refresh.js';
import { SignIn } from './sign-in.js';

const account = { id: 'amina' } as Account;

/** Somebody who has just signed in, and the browser that holds their cookie. */
async function signedIn(pause?: () => Promise<unknown>) {
  const clock = new FixedClock();
  const [sessions, digests, randomness] = [new SessionsInMemory(pause), new HmacDigests(), new CountingRandomness()];
  const signer = { sign: () => Promise.resolve('access') } as unknown as AccessTokenSigner;
  const accounts = { byId: () => Promise.resolve(account) } as unknown as Accounts;
  const signIn = new SignIn(sessions, accounts, signer, digests, randomness, clock);
  const handler = new RefreshHandler(sessions, accounts, signIn, digests, randomness, clock);
  const { refreshToken } = await signIn.open(account, 'Firefox');
  const isOpen = async () => (await sessions.ofAccount(account.id, clock.now())).length === 1;
  /** The cookie that the answer sets, or undefined when it says that the session is over. */
  const refresh = async (token: string): Promise<string | undefined> => {
    try {
      return (await handler.execute(token)).refreshToken;
    } catch (error) {
      if (error instanceof SessionExpired) return undefined;
      throw error;
    }
  };
  return { clock, refresh, isOpen, cookie: refreshToken };
}

/** One time that the browser refreshes: in how many tabs, whose answer is lost, and seconds between tries and before. */
interface Round {
  tabs: 1 | 2;
  lost: 'none' | 'first' | 'last' | 'the request itself';
  retryAfter: number;
  wait: number;
}
const round = fc.record<Round>({
  tabs: fc.constantFrom(1, 2),
  lost: fc.constantFrom('none', 'first', 'last', 'the request itself'),
  retryAfter: fc.integer({ min: 0, max: 19 }),
  wait: fc.integer({ min: 0, max: 86_400 }),
});

describe('refreshing', () => {
  it('never signs the owner out, who loses answers and opens two tabs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(round, { minLength: 1, maxLength: 8 }), async (scheduler, rounds) => {
        const { clock, refresh, isOpen, cookie } = await signedIn();
        let jar = cookie;
        for (const { tabs, lost, retryAfter, wait } of rounds) {
          clock.pass(wait);
          const sent = jar;
          const ask = () => scheduler.schedule(Promise.resolve()).then(() => refresh(sent));
          if (lost === 'the request itself') clock.pass(retryAfter);
          const answers = await scheduler.waitFor(Promise.all(Array.from({ length: tabs }, ask)));
          const arrived = answers.filter((_, tab) => lost !== (tab === 0 ? 'first' : 'last'));
          for (const answer of arrived) {
            expect(answer).toBeDefined();
            jar = answer!;
          }
          if (arrived.length > 0) continue;
          // Nothing came back: once more, while the first answer is fresh.
          clock.pass(retryAfter);
          jar = (await refresh(jar))!;
          expect(jar).toBeDefined();
        }
        expect(await isOpen()).toBe(true);
        expect(await refresh(jar)).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it('answers two tabs with one cookie, in whichever order the database is asked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        let paused = false;
        const { refresh, cookie } = await signedIn(() =>
          paused ? scheduler.schedule(Promise.resolve()) : Promise.resolve(),
        );
        paused = true;
        const answers = await scheduler.waitFor(Promise.all([refresh(cookie), refresh(cookie)]));
        expect(answers[0]).toBeDefined();
        expect(answers[1]).toBe(answers[0]);
      }),
    );
  });

  /** The cookies of a browser that has refreshed so many times, oldest first. */
  async function history(times: number) {
    const browser = await signedIn();
    const cookies = [browser.cookie];
    for (let n = 0; n < times; n += 1) {
      browser.clock.pass(600);
      cookies.push((await browser.refresh(cookies.at(-1)!))!);
    }
    return { ...browser, cookies };
  }

  it.each<[string, number, (theft: Awaited<ReturnType<typeof history>>) => Promise<string>]>([
    ['one older than the previous', 5, async ({ cookies }) => cookies.at(-3)!],
    ['the very first', 5, async ({ cookies }) => cookies[0]!],
    [
      'the previous one 20 s after its replacement',
      2,
      async ({ cookies, clock }) => {
        clock.pass(20);
        return cookies.at(-2)!;
      },
    ],
    [
      'the previous one a second time',
      2,
      async ({ cookies, refresh }) => {
        expect(await refresh(cookies.at(-2)!)).toBe(cookies.at(-1));
        return cookies.at(-2)!;
      },
    ],
    ['one that was made up', 2, async ({ cookies }) => `${cookies[0]!.split('.')[0]}.${'x'.repeat(43)}`],
  ])('ends the session for both when a thief comes with %s', async (_, times, steal) => {
    const theft = await history(times);
    expect(await theft.refresh(await steal(theft))).toBeUndefined();
    expect(await theft.isOpen()).toBe(false);
    expect(await theft.refresh(theft.cookies.at(-1)!)).toBeUndefined();
  });

  it('ends the session the first time that owner and thief, who hold the same cookie, take turns', async () => {
    const turn = fc.record({ who: fc.constantFrom('owner', 'thief'), wait: fc.integer({ min: 20, max: 7200 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 2, maxLength: 12 }), async (turns) => {
        const { clock, refresh, isOpen, cookie } = await signedIn();
        const held: Record<string, string> = { owner: cookie, thief: cookie };
        for (const [index, { who, wait }] of turns.entries()) {
          clock.pass(wait);
          const answer = await refresh(held[who]!);
          const isFirstTurn = turns.slice(0, index).some((earlier) => earlier.who !== who);
          expect(answer === undefined).toBe(isFirstTurn);
          if (answer === undefined) return expect(await isOpen()).toBe(false);
          held[who] = answer;
        }
      }),
    );
  });

  it('gives a thief who follows within 20 s nothing that the owner does not hold as well', async () => {
    const { clock, refresh, cookie } = await signedIn();
    const owner = await refresh(cookie);
    clock.pass(5);
    expect(await refresh(cookie)).toBe(owner);
    clock.pass(600);
    const later = await refresh(owner!);
    clock.pass(20);
    expect(await refresh(owner!)).toBeUndefined();
    expect(await refresh(later!)).toBeUndefined();
  });

  it.each([undefined, '', 'id.secret', `nobody.${'x'.repeat(43)}`])('has no session for « %s »', async (token) => {
    const { refresh, isOpen } = await signedIn();
    expect(await refresh(token!)).toBeUndefined();
    expect(await isOpen()).toBe(true);
  });
});
