import { AccessTokens } from '@medflow/service-kit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cookieOf, person, type Served, serveIdentity, setCookieOf } from './served.js';

describe('sign-in', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveIdentity({
      MEDFLOW_ADMIN_EMAIL: 'Admin@Example.tn',
      MEDFLOW_ADMIN_PASSWORD: 'figuier-rouge-7',
      PUBLIC_URL: 'https://clinic.example',
    });
  });
  afterAll(() => served.stop());

  it('creates the administrator that the environment names', async () => {
    expect((await served.login('admin@example.tn', 'figuier-rouge-7')).body.account).toMatchObject({ role: 'admin' });
  });

  it('rotates the refresh token, and ends the session when an old one comes back', async () => {
    const first = cookieOf(await served.register(person()));
    const second = await served.refresh(first);
    expect(second.status).toBe(200);
    const third = await served.refresh(cookieOf(second));
    expect(third.status).toBe(200);
    const stolen = await served.refresh(first);
    expect(stolen.status).toBe(401);
    expect(stolen.body.code).toBe('session-expired');
    expect((await served.refresh(cookieOf(third))).status).toBe(401);
  });

  it('gives two tabs that refresh at once the same cookie, which goes on', async () => {
    const cookie = cookieOf(await served.register(person()));
    const answers = await Promise.all([served.refresh(cookie), served.refresh(cookie)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const [next, same] = answers.map(cookieOf);
    expect(next).toBe(same);
    expect(next).not.toBe(cookie);
    expect((await served.refresh(next!)).status).toBe(200);
  });

  it('takes the cookie before the newest once, when an answer was lost, and ends the session for both the next time', async () => {
    const first = cookieOf(await served.register(person()));
    const lost = cookieOf(await served.refresh(first));
    const again = await served.refresh(first);
    expect([again.status, cookieOf(again)]).toEqual([200, lost]);
    const third = await served.refresh(first);
    expect([third.status, third.body.code]).toEqual([401, 'session-expired']);
    expect((await served.refresh(lost)).status).toBe(401);
  });

  it('ends the session for fifty who present one cookie at once', async () => {
    const cookie = cookieOf(await served.register(person()));
    const answers = await Promise.all(Array.from({ length: 50 }, () => served.refresh(cookie)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good.length).toBeLessThanOrEqual(2);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(50 - good.length);
    for (const answer of good) expect((await served.refresh(cookieOf(answer))).status).toBe(401);
  });

  it('marks the cookies as secure where the browser came over https', async () => {
    const answer = await served.register(person(), { 'x-forwarded-proto': 'https' });
    expect(setCookieOf(answer, 'medflow_refresh')).toContain('; Secure');
    expect(setCookieOf(answer, 'medflow_device')).toContain('; Secure');
  });

  describe.each(['refresh', 'logout'])('%s', (operation) => {
    const send = (cookie: string, headers: Record<string, string>) =>
      served.service.call('POST', `/auth/${operation}`, { headers: { cookie, ...headers } });

    it.each<[string, (url: string) => Record<string, string>]>([
      ['at its own address', (url) => ({ origin: url })],
      ['at the public address', () => ({ origin: 'https://clinic.example' })],
      [
        'behind a proxy',
        () => ({
          origin: 'https://med.local',
          'x-forwarded-host': 'med.local',
          'x-forwarded-proto': 'https',
        }),
      ],
      ['that keeps its origin to itself', () => ({ 'sec-fetch-site': 'same-origin' })],
      ['of no browser', () => ({})],
    ])('is for a page %s', async (_, headersOf) => {
      const cookie = cookieOf(await served.register(person()));
      const answer = await send(cookie, headersOf(served.service.url));
      expect(answer.status).toBe(operation === 'refresh' ? 200 : 204);
    });

    it.each<Record<string, string>>([
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://clinic.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ])('is not for a page of another site: %j', async (headers) => {
      const cookie = cookieOf(await served.register(person()));
      const answer = await send(cookie, headers);
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect((await served.refresh(cookie)).status).toBe(200);
    });
  });

  it('ends the session when a token that was used before signs out', async () => {
    const first = cookieOf(await served.register(person()));
    const second = cookieOf(await served.refresh(first));
    await served.service.call('POST', '/auth/logout', { headers: { cookie: first } });
    expect((await served.refresh(second)).status).toBe(401);
  });

  it.each(['medflow_refresh=', 'medflow_refresh=a.b', 'medflow_refresh=%7B%22%24gt%22%3A%22%22%7D', 'other=1', ''])(
    'has no session for the cookie « %s »',
    async (cookie) => {
      const answer = await served.service.call('POST', '/auth/refresh', { headers: { cookie } });
      expect([answer.status, answer.body.code]).toEqual([401, 'session-expired']);
    },
  );

  it('ends the session at sign-out, also without one', async () => {
    const cookie = cookieOf(await served.register(person()));
    const logout = await served.service.call('POST', '/auth/logout', { headers: { cookie } });
    expect(logout.status).toBe(204);
    expect(setCookieOf(logout, 'medflow_refresh')).toContain('Max-Age=0');
    expect((await served.refresh(cookie)).status).toBe(401);
    expect((await served.service.call('POST', '/auth/logout')).status).toBe(204);
  });

  it('locks guessing from one address without locking the owner out elsewhere', async () => {
    const body = person();
    await served.register(body);
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, n) => served.login(body.email, `mauvais-${n}`, '10.9.9.9')),
    );
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
    const locked = guesses.filter(({ status }) => status === 429);
    expect(locked).toHaveLength(7);
    expect(Number(locked[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await served.login(body.email, body.password, '10.9.9.9')).status).toBe(429);
    expect((await served.login(body.email, body.password, '10.1.1.1')).status).toBe(200);
    expect((await served.login(`no.${body.email}`, 'mauvais-1', '10.9.9.8')).status).toBe(401);
  });

  it('signs tokens that other services verify by themselves, and refuses forged ones', async () => {
    const { body } = await served.register(person());
    const tokens = new AccessTokens({ upstreams: { identity: served.service.url } } as never);
    expect(await tokens.verify(body.accessToken)).toMatchObject({
      id: body.account.id,
      role: 'patient',
      firstName: 'Amina',
    });
    const [header, , signature] = body.accessToken.split('.');
    const forged = Buffer.from(
      JSON.stringify({ sub: 'x', role: 'admin', iss: 'medflow', aud: 'medflow', exp: 9_999_999_999 }),
    ).toString('base64url');
    expect(await tokens.verify(`${header}.${forged}.${signature}`)).toBeNull();
    expect(await tokens.verify(`${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged}.`)).toBeNull();
  });

  it('tells an address to services only', async () => {
    const { body } = await served.register(person());
    const path = `/internal/accounts/${body.account.id}/contact`;
    expect((await served.service.call('GET', path)).status).toBe(401);
    expect((await served.service.call('GET', path, { headers: { 'x-medflow-internal': 'wrong' } })).status).toBe(401);
    const answer = await served.service.call('GET', path, { headers: { 'x-medflow-internal': 'test-internal-token' } });
    expect(answer.body).toMatchObject({ email: body.account.email, locale: 'fr' });
  });

  it('answers unreadable and oversized bodies with the right problem', async () => {
    const post = (body: string, type = 'application/json') =>
      served.service.call('POST', '/auth/login', { body, headers: { 'content-type': type } });
    expect((await post('{"email":')).status).toBe(400);
    expect((await post('{"__proto__":{"a":1}}')).status).toBe(400);
    expect((await post('email=a', 'text/plain')).status).toBe(415);
    expect((await post(JSON.stringify({ email: 'x'.repeat(1_100_000) }))).status).toBe(413);
    expect((await post('[]')).status).toBe(422);
    expect((await post('null')).status).toBe(422);
  });
});
