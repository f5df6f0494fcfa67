import type { Answer } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SessionEnds } from '../src/application/session-ends.js';
import { SignIn } from '../src/application/sign-in.js';
import type { Account } from '../src/domain/account.js';
import { cookieOf, person, type Served, serveIdentity } from './served.js';
import { IdentityHarness } from './harness.js';

const account: Account = {
  id: 'mine',
  email: 'amina@example.tn',
  emailVerified: true,
  role: 'patient',
  firstName: 'Amina',
  lastName: 'Ben Salah',
  locale: 'fr',
  passwordHash: '-',
  createdAt: new Date(),
};
const password = 'jasmin-bleu-42';
const internal = { 'x-medflow-internal': 'test-internal-token' };

interface Device {
  id: string;
  email: string;
  sessionId: string;
  cookie: string;
  headers: { authorization: string };
}

describe('the end of a session', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveIdentity();
  });
  afterAll(() => served.stop());

  const device = (email: string, { status, body, headers }: Answer): Device => {
    expect([200, 201]).toContain(status);
    const { sid } = JSON.parse(Buffer.from(body.accessToken.split('.')[1], 'base64url').toString());
    const authorization = `Bearer ${body.accessToken}`;
    return {
      id: body.account.id,
      email,
      sessionId: sid,
      cookie: cookieOf({ headers } as Answer),
      headers: { authorization },
    };
  };
  /** Somebody who is signed in on two devices. */
  async function onTwoDevices(): Promise<[Device, Device]> {
    const body = person({ password });
    const here = device(body.email, await served.register(body));
    return [here, device(body.email, await served.login(body.email, password))];
  }
  const me = async ({ headers }: Device) => (await served.service.call('GET', '/auth/me', { headers })).status;
  const ended = async (since?: string): Promise<{ asOf: string; items: { id: string; until: string }[] }> =>
    (
      await served.service.call('GET', `/internal/sessions/ended${since ? `?since=${since}` : ''}`, {
        headers: internal,
      })
    ).body;
  const endedIds = async () => (await ended()).items.map(({ id }) => id);
  const facts = (sessionId: string) => served.toldOf(sessionId);
  const call = (method: string, path: string, { headers }: Device, body?: object) =>
    served.service.call(method, path, { headers, ...(body && { body }) });

  const ways: [string, (here: Device, there: Device) => Promise<unknown>][] = [
    ['signs out', (_, there) => served.service.call('POST', '/auth/logout', { headers: { cookie: there.cookie } })],
    ['closes it from another device', (here, there) => call('DELETE', `/auth/sessions/${there.sessionId}`, here)],
    ['signs out everywhere else', (here) => call('DELETE', '/auth/sessions', here)],
    [
      'changes the password',
      (here) => call('PUT', '/auth/password', here, { currentPassword: password, newPassword: 'olivier-vert-9' }),
    ],
    [
      'is robbed of a refresh token that comes back',
      async (_, there) => {
        const second = await served.refresh(there.cookie);
        await served.refresh(cookieOf(second));
        expect((await served.refresh(there.cookie)).status).toBe(401);
      },
    ],
  ];

  it.each(ways)('ends its access tokens at once when somebody %s, and no other’s', async (_, end) => {
    const [here, there] = await onTwoDevices();
    expect(await me(there)).toBe(200);
    await end(here, there);
    expect(await me(there)).toBe(401);
    expect((await served.refresh(there.cookie)).status).toBe(401);
    expect(await me(here)).toBe(200);
    expect(await endedIds()).toContain(there.sessionId);
    expect(await endedIds()).not.toContain(here.sessionId);
    const told = await facts(there.sessionId);
    expect(told.map(({ type, live }) => [type, live])).toEqual([['identity.session-ended.v1', true]]);
    expect(JSON.parse(told[0]!.body).data).toEqual({ sessionId: there.sessionId, accountId: there.id });
  });

  it('is told once, however often somebody signs out', async () => {
    const [, there] = await onTwoDevices();
    const logout = () => served.service.call('POST', '/auth/logout', { headers: { cookie: there.cookie } });
    const answers = await Promise.all(Array.from({ length: 5 }, logout));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
    expect(await facts(there.sessionId)).toHaveLength(1);
  });

  it('is listed from a moment on, until no access token of it can be valid', async () => {
    const [here, there] = await onTwoDevices();
    const before = await ended();
    await call('DELETE', `/auth/sessions/${there.sessionId}`, here);
    const { items } = await ended(before.asOf);
    const entry = items.find(({ id }) => id === there.sessionId)!;
    const seconds = (new Date(entry.until).getTime() - new Date(before.asOf).getTime()) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(600);
    expect(seconds).toBeLessThan(700);
    const later = new Date(Date.now() + 60_000).toISOString();
    expect((await ended(later)).items).toEqual([]);
  });

  it('is told to services of the installation only, and of a moment that is one', async () => {
    expect((await served.service.call('GET', '/internal/sessions/ended')).status).toBe(401);
    const odd = await served.service.call('GET', '/internal/sessions/ended?since=yesterday', { headers: internal });
    expect(odd.status).toBe(422);
  });
});

describe('the ends of an account’s sessions', () => {
  it('are all of them, on every replica at once', async () => {
    const harness = await IdentityHarness.create();
    try {
      const [one, other] = [await harness.replica(), await harness.replica()];
      const signIn = (id: string) => one.get(SignIn, { strict: false }).open({ ...account, id }, 'Firefox');
      const [mine, also, stranger] = [await signIn('mine'), await signIn('mine'), await signIn('stranger')];
      const verifier = await harness.ownVerifier(other);
      for (const { accessToken } of [mine, also, stranger]) expect(await verifier.verify(accessToken)).not.toBeNull();
      await one.get(SessionEnds, { strict: false }).ofAccount('mine');
      expect(await verifier.verify(mine.accessToken)).toBeNull();
      expect(await verifier.verify(also.accessToken)).toBeNull();
      expect(await verifier.verify(stranger.accessToken)).not.toBeNull();
    } finally {
      await harness.close();
    }
  });
});
