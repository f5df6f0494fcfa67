import type { Answer } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cookieOf, deviceOf, person, type Served, serveIdentity } from './served.js';
import { IdentityHarness } from './harness.js';

const password = 'jasmin-bleu-42';

interface SignedIn {
  email: string;
  id: string;
  cookie: string;
  /** Tells this browser from others. */
  device: string;
  headers: { authorization: string };
}

describe('devices, passwords and guessing', () => {
  let served: Served;
  beforeAll(async () => {
    // Guessing is slowed down all the same when rate limits are lifted.
    served = await serveIdentity({ MEDFLOW_RATE_LIMITS: 'off' });
  });
  afterAll(() => served.stop());

  const signedIn = (email: string, answer: Answer): SignedIn => {
    expect([200, 201]).toContain(answer.status);
    const { account, accessToken } = answer.body;
    const headers = { authorization: `Bearer ${accessToken}` };
    return { email, id: account.id, cookie: cookieOf(answer), device: deviceOf(answer), headers };
  };
  const register = async (): Promise<SignedIn> => {
    const body = person({ password });
    return signedIn(body.email, await served.register(body, { 'user-agent': 'Firefox' }));
  };
  const setPassword = (by: SignedIn, currentPassword: string, newPassword: string) =>
    served.service.call('PUT', '/auth/password', { body: { currentPassword, newPassword }, headers: by.headers });
  const strangersGuess = (email: string, times: number) =>
    Promise.all(Array.from({ length: times }, (_, n) => served.login(email, `mauvais-${n}`, `198.51.100.${n}`)));

  it('lists the devices, the present one marked', async () => {
    const here = await register();
    await served.login(here.email, password, '10.0.0.2', { 'user-agent': 'Safari\u00e9' });
    const { body } = await served.service.call('GET', '/auth/sessions', { headers: here.headers });
    expect(body.items).toHaveLength(2);
    const present = body.items.filter(({ current }: { current: boolean }) => current);
    expect(present).toMatchObject([{ device: 'Firefox', current: true }]);
    expect(Object.keys(present[0]).sort()).toEqual(['createdAt', 'current', 'device', 'id', 'lastUsedAt']);
  });

  it('signs out one device, and nobody else’s', async () => {
    const [here, stranger] = [await register(), await register()];
    const there = signedIn(here.email, await served.login(here.email, password));
    const { body } = await served.service.call('GET', '/auth/sessions', { headers: there.headers });
    const { id } = body.items.find(({ current }: { current: boolean }) => current);
    const close = (by: SignedIn) => served.service.call('DELETE', `/auth/sessions/${id}`, { headers: by.headers });
    expect((await close(stranger)).status).toBe(404);
    expect((await close(here)).status).toBe(204);
    expect((await close(here)).status).toBe(404);
    expect((await served.refresh(there.cookie)).status).toBe(401);
    expect((await served.refresh(here.cookie)).status).toBe(200);
    expect((await served.service.call('GET', '/auth/sessions')).status).toBe(401);
  });

  it('signs out everywhere else', async () => {
    const here = await register();
    const there = signedIn(here.email, await served.login(here.email, password));
    expect((await served.service.call('DELETE', '/auth/sessions', { headers: here.headers })).status).toBe(204);
    expect((await served.refresh(there.cookie)).status).toBe(401);
    expect((await served.refresh(here.cookie)).status).toBe(200);
  });

  it('changes the password and ends the other sessions', async () => {
    const here = await register();
    const there = signedIn(here.email, await served.login(here.email, password));
    expect((await setPassword(here, password, 'olivier-vert-9')).status).toBe(204);
    expect((await served.refresh(there.cookie)).status).toBe(401);
    expect((await served.refresh(here.cookie)).status).toBe(200);
    expect((await served.login(here.email, password)).status).toBe(401);
    expect((await served.login(here.email, 'olivier-vert-9')).status).toBe(200);
  });

  it.each([
    [password, 'court', 'newPassword', 'too-short'],
    [password, 'password123', 'newPassword', 'common-password'],
    [password, 'Amina2026!', 'newPassword', 'common-password'],
    [password, 'azerty123456', 'newPassword', 'weak-password'],
    ['mauvais', 'olivier-vert-9', 'currentPassword', 'wrong-password'],
  ])('does not change « %s » to « %s »: %s %s', async (current, next, field, code) => {
    const here = await register();
    const { status, body } = await setPassword(here, current, next);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ field, code }]);
    expect((await served.login(here.email, password)).status).toBe(200);
  });

  it('lets nobody guess the password with a stolen access token', async () => {
    const here = await register();
    const answers: Answer[] = [];
    for (let n = 0; n < 6; n += 1) answers.push(await setPassword(here, `mauvais-${n}`, 'olivier-vert-9'));
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 429]);
  });

  it('answers guesses on an account that does not exist like those on one that does', async () => {
    const { email } = await register();
    const told = async (target: string) => {
      const answers: Answer[] = [];
      for (let n = 0; n < 6; n += 1) answers.push(await served.login(target, 'mauvais', '10.7.7.7'));
      return answers.map(({ status, headers, body }) => [status, body.code, body.detail, headers.get('retry-after')]);
    };
    const known = await told(email);
    expect(known[5]).toEqual([429, 'too-many-requests', 'Trop de tentatives : réessayez dans 30 s.', '30']);
    expect(await told(`nobody.${email}`)).toEqual(known);
  });

  it('does not lock the account by many guesses at once from one address', async () => {
    const { email } = await register();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => served.login(email, `mauvais-${n}`, '198.51.100.200')),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(195);
    expect((await served.login(email, password, '10.1.1.1')).status).toBe(200);
  });

  it('slows guesses from many addresses, for a minute at most, and not for a device that is signed in', async () => {
    const here = await register();
    await strangersGuess(here.email, 31);
    const refused = await served.login(here.email, password, '10.1.1.2');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await served.login(here.email, password, '10.1.1.2', { cookie: here.cookie })).status).toBe(200);
    const stranger = await register();
    expect((await served.login(here.email, password, '10.1.1.3', { cookie: stranger.cookie })).status).toBe(429);
    await served.refresh(here.cookie);
    expect((await served.login(here.email, password, '10.1.1.4', { cookie: here.cookie })).status).toBe(429);
  });

  it('lets in who has signed in on this browser before, whatever strangers do from anywhere, its own address included', async () => {
    const here = await register();
    await served.service.call('POST', '/auth/logout', { headers: { cookie: here.cookie } });
    await strangersGuess(here.email, 31);
    for (let n = 0; n < 6; n += 1) await served.login(here.email, `mauvais-${n}`, '10.2.2.2');
    const login = (cookie: string, from = '10.2.2.2') => served.login(here.email, password, from, { cookie });
    expect((await login('')).status).toBe(429);
    const back = await login(here.device);
    expect(back.status).toBe(200);
    // The browser stays the same one, for others of the household as well.
    const other = await register();
    const shared = deviceOf(await served.login(other.email, password, '10.2.2.3', { cookie: deviceOf(back) }));
    expect(shared.split('=')[1]!.split('.')[0]).toBe(here.device.split('=')[1]!.split('.')[0]);
    expect((await login(shared)).status).toBe(200);
  });

  it('counts the guesses on a known browser by themselves', async () => {
    const here = await register();
    const guess = () => served.login(here.email, 'mauvais', '10.3.3.3', { cookie: here.device });
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await served.login(here.email, password, '10.3.3.3', { cookie: here.device })).status).toBe(429);
    // Nobody else pays for them, not even at the same address.
    expect((await served.login(here.email, password, '10.3.3.3')).status).toBe(200);
  });

  it('takes no browser’s word for it', async () => {
    const [here, stranger] = [await register(), await register()];
    await strangersGuess(here.email, 31);
    const [, id, proof] = /^medflow_device=([^.]+)\.(.+)$/.exec(here.device)!;
    const [, strangersId] = /^medflow_device=([^.]+)\./.exec(stranger.device)!;
    const forgeries = [
      stranger.device,
      `medflow_device=${strangersId}.${proof}`,
      `medflow_device=${id}`,
      `medflow_device=${id}.${'A'.repeat(43)}`,
      `medflow_device=${id}.${proof!.slice(1)}`,
      `medflow_device=.${proof}`,
      `medflow_device=${id}.${`${'A'.repeat(43)}.`.repeat(5)}${proof}`,
    ];
    for (const cookie of forgeries)
      expect((await served.login(here.email, password, '10.1.1.5', { cookie })).status).toBe(429);
    expect((await served.login(here.email, password, '10.1.1.5', { cookie: here.device })).status).toBe(200);
  });

  it('counts all addresses of an IPv6 network, and the two spellings of an IPv4 address, as one', async () => {
    const { email } = await register();
    const from = (n: number) => (n % 2 ? `2001:db8:1:2::${n + 1}` : `2001:DB8:1:2:ffff:${n}:0:1`);
    const inNetwork: number[] = [];
    for (let n = 0; n < 6; n += 1) inNetwork.push((await served.login(email, 'mauvais', from(n))).status);
    expect(inNetwork).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await served.login(email, 'mauvais', '2001:db8:1:3::1')).status).toBe(401);
    for (let n = 0; n < 5; n += 1) await served.login(email, 'mauvais', n % 2 ? '192.0.2.9' : '::ffff:192.0.2.9');
    expect((await served.login(email, password, '192.0.2.9')).status).toBe(429);
    expect((await served.login(email, password, '::ffff:c000:209')).status).toBe(429);
    expect((await served.login(email, password, '192.0.2.10')).status).toBe(200);
  });
});

describe('guessing on two replicas', () => {
  let harness: IdentityHarness;
  beforeAll(async () => {
    harness = await IdentityHarness.create();
  });
  afterAll(() => harness.close());

  it('is counted together, and what one knows of a browser the other knows', async () => {
    const urls = await Promise.all([
      harness.address(await harness.replica()),
      harness.address(await harness.replica()),
    ]);
    const post = (n: number, path: string, body: object, headers: Record<string, string> = {}) =>
      fetch(`${urls[n % 2]}/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '10.0.0.1', ...headers },
        body: JSON.stringify(body),
      });
    const body = person({ password });
    const registered = await post(0, 'register', body);
    expect(registered.status).toBe(201);
    const device = deviceOf({ headers: registered.headers } as Answer);
    const login = (n: number, typed: string, from: string, cookie = '') =>
      post(n, 'login', { email: body.email, password: typed }, { 'x-forwarded-for': from, cookie });

    const pair = await Promise.all(Array.from({ length: 40 }, (_, n) => login(n, 'mauvais', '10.9.9.9')));
    expect(pair.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(pair.filter(({ status }) => status === 429)).toHaveLength(35);

    await Promise.all(Array.from({ length: 31 }, (_, n) => login(n, 'mauvais', `198.51.100.${n}`)));
    for (const n of [0, 1]) {
      expect((await login(n, password, '10.1.1.1')).status).toBe(429);
      expect((await login(n, password, '10.1.1.1', device)).status).toBe(200);
    }
    const guesses = await Promise.all(Array.from({ length: 20 }, (_, n) => login(n, 'mauvais', '10.1.1.1', device)));
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
  });
});
