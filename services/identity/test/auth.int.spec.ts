import { InProcessBus } from '@medflow/messaging';
import { AccessTokens } from '@medflow/service-kit';
import { type Answer, ServiceHarness, testDatabase } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { identity } from '../src/index.js';

let sequence = 0;
const person = (over: object = {}) => ({
  role: 'patient',
  email: `p${(sequence += 1)}@example.tn`,
  password: 'jasmin-bleu-42',
  firstName: 'Amina',
  lastName: 'Ben Salah',
  ...over,
});

/** The refresh cookie as a browser would send it back. */
const cookieOf = ({ headers }: Answer): string => (headers.get('set-cookie') ?? '').split(';')[0]!;

describe('identity', () => {
  let bus: InProcessBus;
  let busDatabase: Awaited<ReturnType<typeof testDatabase>>;
  let service: ServiceHarness;

  beforeAll(async () => {
    busDatabase = await testDatabase('bus');
    bus = new InProcessBus(busDatabase.client.db());
    service = await ServiceHarness.start(
      identity,
      { kind: 'in-process', bus },
      {
        env: {
          LOG_LEVEL: 'silent',
          MEDFLOW_ADMIN_EMAIL: 'Admin@Example.tn',
          MEDFLOW_ADMIN_PASSWORD: 'figuier-rouge-7',
        },
      },
    );
  });

  afterAll(async () => {
    await service.stop();
    await bus.close();
    await busDatabase.drop();
  });

  const register = (body: object, headers: Record<string, string> = {}) =>
    service.call('POST', '/auth/register', { body, headers });
  const login = (email: string, password: string, from = '10.0.0.1') =>
    service.call('POST', '/auth/login', { body: { email, password }, headers: { 'x-forwarded-for': from } });
  const refresh = (cookie: string) =>
    service.call('POST', '/auth/refresh', { headers: { cookie, 'content-type': 'application/json' } });

  /** What the database holds of the person with this e-mail. */
  async function stored(email: string) {
    const db = service.database.client.db();
    const accounts = await db.collection<{ _id: string }>('accounts').find({ email }).toArray();
    const ids = accounts.map(({ _id }) => _id);
    // An event that the bus has taken leaves the outbox; nobody listens here, so all of them wait.
    const outbox = await db
      .collection<{ _id: string; body: string }>('outbox')
      .find({ subject: { $in: ids } })
      .toArray();
    return { accounts, outbox };
  }

  it('signs up, says who one is, and keeps the refresh token out of reach of scripts', async () => {
    const body = person({ email: ' New.Person@Example.TN ' });
    const answer = await register(body);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      expiresIn: 600,
      account: { email: 'new.person@example.tn', role: 'patient', emailVerified: false },
    });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^medflow_refresh=[^;]+; Max-Age=2592000; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/,
    );
    const me = await service.call('GET', '/auth/me', {
      headers: { authorization: `Bearer ${answer.body.accessToken}` },
    });
    expect(me.body).toEqual(answer.body.account);
  });

  it('refuses a second account for one e-mail, however it is spelt, in the words agreed', async () => {
    const body = person();
    await register(body);
    const answer = await register({ ...body, email: body.email.toUpperCase() });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'email-taken', detail: 'Cet e-mail est déjà associé à un compte' });
  });

  it('makes one account of 100 sign-ups at once', async () => {
    const body = person();
    const answers = await Promise.all(Array.from({ length: 100 }, () => register(body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(99);
    const { outbox, accounts } = await stored(body.email);
    expect(accounts).toHaveLength(1);
    expect(outbox).toHaveLength(1);
  });

  it('tells of a new account without saying its address', async () => {
    const body = person({ role: 'doctor', locale: 'ar' });
    const { body: answer } = await register(body);
    const { outbox } = await stored(body.email);
    const event = JSON.parse(outbox[0]!.body);
    expect(event).toMatchObject({ type: 'identity.account-registered.v1', subject: answer.account.id });
    expect(event.data).toEqual({
      accountId: answer.account.id,
      role: 'doctor',
      firstName: 'Amina',
      lastName: 'Ben Salah',
      locale: 'ar',
    });
  });

  it('names every fault of a form at once', async () => {
    const faultsOf = ({ body }: Answer) =>
      Object.fromEntries(body.errors.map(({ field, code }: { field: string; code: string }) => [field, code]));
    const empty = await register({});
    expect(empty.status).toBe(422);
    expect(faultsOf(empty)).toEqual({
      role: 'required',
      email: 'required',
      password: 'required',
      firstName: 'required',
      lastName: 'required',
    });
    const wrong = await register({
      role: 'admin',
      email: 'amina',
      password: 'amina2026',
      firstName: 'Amina',
      lastName: 'x'.repeat(101),
    });
    expect(faultsOf(wrong)).toEqual({
      role: 'not-a-choice',
      email: 'invalid-email',
      password: 'common-password',
      lastName: 'too-long',
    });
    expect(
      wrong.body.errors.every(({ message }: { message: string }) => /^[A-Z].+\.$/.test(message) && message.length > 10),
    ).toBe(true);
  });

  it('keeps no password and no token', async () => {
    const body = person({ password: 'Jasmin-Bleu-4711' });
    const answer = await register(body, { 'idempotency-key': `key-${body.email}` });
    const [sessionId, secret] = cookieOf(answer).split('=')[1]!.split('.') as [string, string];
    const db = service.database.client.db();
    const collections = await db.collections();
    const everything = JSON.stringify(await Promise.all(collections.map((collection) => collection.find().toArray())));
    expect(everything).toContain(sessionId);
    for (const hidden of [body.password, secret, answer.body.accessToken, `key-${body.email}`])
      expect(everything).not.toContain(hidden);
  });

  it.each([
    [{ role: undefined }, { role: 'required' }],
    [{ role: 'admin' }, { role: 'not-a-choice' }],
    [{ email: 'amina@' }, { email: 'invalid-email' }],
    [{ password: 'court' }, { password: 'too-short' }],
    [{ password: 'password123' }, { password: 'common-password' }],
    [
      { firstName: ' ', lastName: undefined },
      { firstName: 'required', lastName: 'required' },
    ],
    [{ isAdmin: true }, { isAdmin: 'unknown-field' }],
  ])('refuses to sign up with %j', async (over, faults) => {
    const answer = await register(person(over));
    expect(answer.status).toBe(422);
    const found = Object.fromEntries(
      answer.body.errors.map(({ field, code }: { field: string; code: string }) => [field, code]),
    );
    expect(found).toEqual(faults);
  });

  it('answers a repeated sign-up with the same key like the first, and another body with a refusal', async () => {
    const body = person();
    const key = { 'idempotency-key': `key-${body.email}` };
    const answers = await Promise.all([register(body, key), register(body, key)]);
    answers.push(await register(body, key));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.account.id)).size).toBe(1);
    expect((await register({ ...body, password: 'olivier-vert-9' }, key)).body.code).toBe('idempotency-key-reused');
    for (const other of [
      { firstName: 'Autre' },
      { locale: 'en' },
      { role: 'doctor' },
      { email: `other.${body.email}` },
    ]) {
      const answer = await register({ ...body, ...other }, key);
      expect([answer.status, answer.body.code]).toEqual([422, 'idempotency-key-reused']);
    }
    expect((await stored(body.email)).outbox).toHaveLength(1);
    expect((await register(person(), { 'idempotency-key': 'é' })).status).toBe(422);
  });

  it('tells the sign-up with a new key that the e-mail is taken', async () => {
    const body = person();
    await register(body, { 'idempotency-key': 'first-key' });
    expect((await register(body, { 'idempotency-key': 'second-key' })).body.code).toBe('email-taken');
  });

  it('creates the administrator that the environment names', async () => {
    expect((await login('admin@example.tn', 'figuier-rouge-7')).body.account).toMatchObject({ role: 'admin' });
  });

  it('rotates the refresh token, and ends the session when an old one comes back', async () => {
    const first = cookieOf(await register(person()));
    const second = await refresh(first);
    expect(second.status).toBe(200);
    const third = await refresh(cookieOf(second));
    expect(third.status).toBe(200);
    const stolen = await refresh(first);
    expect(stolen.status).toBe(401);
    expect(stolen.body.code).toBe('session-expired');
    expect((await refresh(cookieOf(third))).status).toBe(401);
  });

  it('lets one of two simultaneous refreshes win', async () => {
    const cookie = cookieOf(await register(person()));
    const statuses = (await Promise.all([refresh(cookie), refresh(cookie)])).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 401]);
  });

  it('marks the cookie as secure where the browser came over https', async () => {
    const answer = await register(person(), { 'x-forwarded-proto': 'https' });
    expect(answer.headers.get('set-cookie')).toContain('; Secure');
  });

  it('ends the session when a token that was used before signs out', async () => {
    const first = cookieOf(await register(person()));
    const second = cookieOf(await refresh(first));
    await service.call('POST', '/auth/logout', { headers: { cookie: first } });
    expect((await refresh(second)).status).toBe(401);
  });

  it.each(['medflow_refresh=', 'medflow_refresh=a.b', 'medflow_refresh=%7B%22%24gt%22%3A%22%22%7D', 'other=1', ''])(
    'has no session for the cookie « %s »',
    async (cookie) => {
      const answer = await service.call('POST', '/auth/refresh', { headers: { cookie } });
      expect([answer.status, answer.body.code]).toEqual([401, 'session-expired']);
    },
  );

  it('ends the session at sign-out, also without one', async () => {
    const cookie = cookieOf(await register(person()));
    const logout = await service.call('POST', '/auth/logout', { headers: { cookie } });
    expect(logout.status).toBe(204);
    expect(logout.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await refresh(cookie)).status).toBe(401);
    expect((await service.call('POST', '/auth/logout')).status).toBe(204);
  });

  it('locks guessing from one address without locking the owner out elsewhere', async () => {
    const body = person();
    await register(body);
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, n) => login(body.email, `mauvais-${n}`, '10.9.9.9')),
    );
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
    const locked = guesses.filter(({ status }) => status === 429);
    expect(locked).toHaveLength(7);
    expect(Number(locked[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await login(body.email, body.password, '10.9.9.9')).status).toBe(429);
    expect((await login(body.email, body.password, '10.1.1.1')).status).toBe(200);
    expect((await login(`no.${body.email}`, 'mauvais-1', '10.9.9.8')).status).toBe(401);
  });

  it('signs tokens that other services verify by themselves, and refuses forged ones', async () => {
    const { body } = await register(person());
    const tokens = new AccessTokens({ upstreams: { identity: service.url } } as never);
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
    const { body } = await register(person());
    const path = `/internal/accounts/${body.account.id}/contact`;
    expect((await service.call('GET', path)).status).toBe(401);
    expect((await service.call('GET', path, { headers: { 'x-medflow-internal': 'wrong' } })).status).toBe(401);
    const answer = await service.call('GET', path, { headers: { 'x-medflow-internal': 'test-internal-token' } });
    expect(answer.body).toMatchObject({ email: body.account.email, locale: 'fr' });
  });

  it('answers unreadable and oversized bodies with the right problem', async () => {
    const post = (body: string, type = 'application/json') =>
      service.call('POST', '/auth/login', { body, headers: { 'content-type': type } });
    expect((await post('{"email":')).status).toBe(400);
    expect((await post('{"__proto__":{"a":1}}')).status).toBe(400);
    expect((await post('email=a', 'text/plain')).status).toBe(415);
    expect((await post(JSON.stringify({ email: 'x'.repeat(1_100_000) }))).status).toBe(413);
    expect((await post('[]')).status).toBe(422);
    expect((await post('null')).status).toBe(422);
  });
});
