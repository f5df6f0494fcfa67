import type { Answer } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cookieOf, person, type Served, serveIdentity } from './served.js';

const password = 'jasmin-bleu-42';

interface SignedIn {
  email: string;
  id: string;
  cookie: string;
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
    return { email, id: account.id, cookie: cookieOf(answer), headers: { authorization: `Bearer ${accessToken}` } };
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
});
