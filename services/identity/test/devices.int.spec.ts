import { InProcessBus } from '@medflow/messaging';
import { type Answer, ServiceHarness, testDatabase } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { identity } from '../src/index.js';

let sequence = 0;
const password = 'jasmin-bleu-42';

interface SignedIn {
  email: string;
  id: string;
  cookie: string;
  headers: { authorization: string };
}

describe('devices, passwords and guessing', () => {
  let bus: InProcessBus;
  let busDatabase: Awaited<ReturnType<typeof testDatabase>>;
  let service: ServiceHarness;

  beforeAll(async () => {
    busDatabase = await testDatabase('bus');
    bus = new InProcessBus(busDatabase.client.db());
    // Guessing is slowed down all the same when rate limits are lifted.
    const env = { LOG_LEVEL: 'silent', MEDFLOW_RATE_LIMITS: 'off' };
    service = await ServiceHarness.start(identity, { kind: 'in-process', bus }, { env });
  });

  afterAll(async () => {
    await service.stop();
    bus.close();
    await busDatabase.drop();
  });

  const signedIn = (email: string, { status, headers, body }: Answer): SignedIn => {
    expect([200, 201]).toContain(status);
    const cookie = headers.get('set-cookie')!.split(';')[0]!;
    return { email, id: body.account.id, cookie, headers: { authorization: `Bearer ${body.accessToken}` } };
  };
  const register = async (): Promise<SignedIn> => {
    const email = `d${(sequence += 1)}@example.tn`;
    const body = { role: 'patient', email, password, firstName: 'Amina', lastName: 'Ben Salah' };
    return signedIn(
      email,
      await service.call('POST', '/auth/register', { body, headers: { 'user-agent': 'Firefox' } }),
    );
  };
  const login = (email: string, given: string, from = '10.0.0.1', headers: Record<string, string> = {}) =>
    service.call('POST', '/auth/login', {
      body: { email, password: given },
      headers: { 'x-forwarded-for': from, ...headers },
    });
  const refresh = (cookie: string) => service.call('POST', '/auth/refresh', { headers: { cookie } });
  const setPassword = (by: SignedIn, currentPassword: string, newPassword: string) =>
    service.call('PUT', '/auth/password', { body: { currentPassword, newPassword }, headers: by.headers });
  const strangersGuess = (email: string, times: number) =>
    Promise.all(Array.from({ length: times }, (_, n) => login(email, `mauvais-${n}`, `198.51.100.${n}`)));

  it('lists the devices, the present one marked', async () => {
    const here = await register();
    await login(here.email, password, '10.0.0.2', { 'user-agent': 'Safari\u00e9' });
    const { body } = await service.call('GET', '/auth/sessions', { headers: here.headers });
    expect(body.items).toHaveLength(2);
    const present = body.items.filter(({ current }: { current: boolean }) => current);
    expect(present).toMatchObject([{ device: 'Firefox', current: true }]);
    expect(Object.keys(present[0]).sort()).toEqual(['createdAt', 'current', 'device', 'id', 'lastUsedAt']);
  });

  it('signs out one device, and nobody else’s', async () => {
    const [here, stranger] = [await register(), await register()];
    const there = signedIn(here.email, await login(here.email, password));
    const { body } = await service.call('GET', '/auth/sessions', { headers: there.headers });
    const { id } = body.items.find(({ current }: { current: boolean }) => current);
    const close = (by: SignedIn) => service.call('DELETE', `/auth/sessions/${id}`, { headers: by.headers });
    expect((await close(stranger)).status).toBe(404);
    expect((await close(here)).status).toBe(204);
    expect((await close(here)).status).toBe(404);
    expect((await refresh(there.cookie)).status).toBe(401);
    expect((await refresh(here.cookie)).status).toBe(200);
    expect((await service.call('GET', '/auth/sessions')).status).toBe(401);
  });

  it('signs out everywhere else', async () => {
    const here = await register();
    const there = signedIn(here.email, await login(here.email, password));
    expect((await service.call('DELETE', '/auth/sessions', { headers: here.headers })).status).toBe(204);
    expect((await refresh(there.cookie)).status).toBe(401);
    expect((await refresh(here.cookie)).status).toBe(200);
  });

  it('changes the password and ends the other sessions', async () => {
    const here = await register();
    const there = signedIn(here.email, await login(here.email, password));
    expect((await setPassword(here, password, 'olivier-vert-9')).status).toBe(204);
    expect((await refresh(there.cookie)).status).toBe(401);
    expect((await refresh(here.cookie)).status).toBe(200);
    expect((await login(here.email, password)).status).toBe(401);
    expect((await login(here.email, 'olivier-vert-9')).status).toBe(200);
  });

  it.each([
    [password, 'court', 'newPassword', 'too-short'],
    [password, 'password123', 'newPassword', 'common-password'],
    [password, 'Amina2026!', 'newPassword', 'common-password'],
    ['mauvais', 'olivier-vert-9', 'currentPassword', 'wrong-password'],
  ])('does not change « %s » to « %s »: %s %s', async (current, next, field, code) => {
    const here = await register();
    const { status, body } = await setPassword(here, current, next);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ field, code }]);
    expect((await login(here.email, password)).status).toBe(200);
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
      for (let n = 0; n < 6; n += 1) answers.push(await login(target, 'mauvais', '10.7.7.7'));
      return answers.map(({ status, headers, body }) => [status, body.code, body.detail, headers.get('retry-after')]);
    };
    const known = await told(email);
    expect(known[5]).toEqual([429, 'too-many-requests', 'Trop de tentatives : réessayez dans 30 s.', '30']);
    expect(await told(`nobody.${email}`)).toEqual(known);
  });

  it('does not lock the account by many guesses at once from one address', async () => {
    const { email } = await register();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => login(email, `mauvais-${n}`, '198.51.100.200')),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(195);
    expect((await login(email, password, '10.1.1.1')).status).toBe(200);
  });

  it('slows guesses from many addresses, for a minute at most, and not for a device that is signed in', async () => {
    const here = await register();
    await strangersGuess(here.email, 31);
    const refused = await login(here.email, password, '10.1.1.2');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await login(here.email, password, '10.1.1.2', { cookie: here.cookie })).status).toBe(200);
    const stranger = await register();
    expect((await login(here.email, password, '10.1.1.3', { cookie: stranger.cookie })).status).toBe(429);
    await refresh(here.cookie);
    expect((await login(here.email, password, '10.1.1.4', { cookie: here.cookie })).status).toBe(429);
  });
});
