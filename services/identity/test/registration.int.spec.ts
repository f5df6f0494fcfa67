import type { Answer } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cookieOf, person, type Served, serveIdentity, setCookieOf } from './served.js';

describe('sign-up', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveIdentity();
  });
  afterAll(() => served.stop());

  /** What the database holds of the person with this e-mail. */
  async function stored(email: string) {
    const db = served.service.database.client.db();
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
    const answer = await served.register(body);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      expiresIn: 600,
      account: { email: 'new.person@example.tn', role: 'patient', emailVerified: false },
    });
    expect(setCookieOf(answer, 'medflow_refresh')).toMatch(
      /^medflow_refresh=[^;]+; Max-Age=2592000; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/,
    );
    expect(setCookieOf(answer, 'medflow_device')).toMatch(
      /^medflow_device=[^;]+; Max-Age=31536000; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/,
    );
    const me = await served.service.call('GET', '/auth/me', {
      headers: { authorization: `Bearer ${answer.body.accessToken}` },
    });
    expect(me.body).toEqual(answer.body.account);
  });

  it('refuses a second account for one e-mail, however it is spelt, in the words agreed', async () => {
    const body = person();
    await served.register(body);
    const answer = await served.register({ ...body, email: body.email.toUpperCase() });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'email-taken', detail: 'Cet e-mail est déjà associé à un compte' });
  });

  it('makes one account of 100 sign-ups at once', async () => {
    const body = person();
    const answers = await Promise.all(Array.from({ length: 100 }, () => served.register(body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(99);
    const { outbox, accounts } = await stored(body.email);
    expect(accounts).toHaveLength(1);
    expect(outbox).toHaveLength(1);
  });

  it('tells of a new account without saying its address', async () => {
    const body = person({ role: 'doctor', locale: 'ar' });
    const { body: answer } = await served.register(body);
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
    const empty = await served.register({});
    expect(empty.status).toBe(422);
    expect(faultsOf(empty)).toEqual({
      role: 'required',
      email: 'required',
      password: 'required',
      firstName: 'required',
      lastName: 'required',
    });
    const wrong = await served.register({
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

  it.each([
    ['fr', 'Choisissez un rôle : patient ou médecin.', 'Ce champ est obligatoire.'],
    ['en', 'Choose a role: patient or doctor.', 'This field is required.'],
    ['ar', 'اختر دورًا: مريض أو طبيب.', 'هذا الحقل إلزامي.'],
  ])('demands the choice of a role in the language of the reader: %s', async (language, role, other) => {
    const { body } = await served.register(person({ role: undefined, lastName: '' }), { 'accept-language': language });
    const messages = Object.fromEntries(
      body.errors.map(({ field, message }: { field: string; message: string }) => [field, message]),
    );
    expect(messages).toEqual({ role, lastName: other });
  });

  it('keeps no password and no token', async () => {
    const body = person({ password: 'Jasmin-Bleu-4711' });
    const answer = await served.register(body, { 'idempotency-key': `key-${body.email}` });
    const [sessionId, secret] = cookieOf(answer).split('=')[1]!.split('.') as [string, string];
    const db = served.service.database.client.db();
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
    [{ password: 'abcdefgh' }, { password: 'weak-password' }],
    [{ password: 'aaaaaaaa' }, { password: 'weak-password' }],
    [{ password: 'azerty123456' }, { password: 'weak-password' }],
    [
      { password: '01/02/1990', email: 'amina@' },
      { password: 'weak-password', email: 'invalid-email' },
    ],
    [
      { firstName: ' ', lastName: undefined },
      { firstName: 'required', lastName: 'required' },
    ],
    [{ isAdmin: true }, { isAdmin: 'unknown-field' }],
    [
      { firstName: '\u200b\u200d', lastName: 'Salah \u202eneB' },
      { firstName: 'invalid-name', lastName: 'invalid-name' },
    ],
  ])('refuses to sign up with %j', async (over, faults) => {
    const answer = await served.register(person(over));
    expect(answer.status).toBe(422);
    const found = Object.fromEntries(
      answer.body.errors.map(({ field, code }: { field: string; code: string }) => [field, code]),
    );
    expect(found).toEqual(faults);
  });

  it.each([
    [7, 422, 'too-short'],
    [64, 201, undefined],
    [256, 201, undefined],
    [257, 422, 'too-long'],
  ])('takes passwords of up to 256 characters: %d', async (length, status, code) => {
    const password = 'xk3vq9zL mp2s-olivier-vert '.repeat(10).slice(0, length);
    const answer = await served.register(person({ password }));
    expect([answer.status, answer.body.errors?.[0].code]).toEqual([status, code]);
    if (status === 201) expect((await served.login(answer.body.account.email, password)).status).toBe(200);
  });

  it('keeps names in one spelling', async () => {
    const { body } = await served.register(person({ firstName: ' Le\u0308ila ', lastName: 'Ben\u00a0 Salah' }));
    expect(body.account).toMatchObject({ firstName: 'L\u00ebila', lastName: 'Ben Salah' });
  });

  it('answers a repeated sign-up with the same key like the first, and another body with a refusal', async () => {
    const body = person();
    const key = { 'idempotency-key': `key-${body.email}` };
    const answers = await Promise.all([served.register(body, key), served.register(body, key)]);
    answers.push(await served.register(body, key));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.account.id)).size).toBe(1);
    expect((await served.register({ ...body, password: 'olivier-vert-9' }, key)).body.code).toBe(
      'idempotency-key-reused',
    );
    for (const other of [
      { firstName: 'Autre' },
      { locale: 'en' },
      { role: 'doctor' },
      { email: `other.${body.email}` },
    ]) {
      const answer = await served.register({ ...body, ...other }, key);
      expect([answer.status, answer.body.code]).toEqual([422, 'idempotency-key-reused']);
    }
    expect((await stored(body.email)).outbox).toHaveLength(1);
    expect((await served.register(person(), { 'idempotency-key': 'é' })).status).toBe(422);
  });

  it('tells the sign-up with a new key that the e-mail is taken', async () => {
    const body = person();
    await served.register(body, { 'idempotency-key': 'first-key' });
    expect((await served.register(body, { 'idempotency-key': 'second-key' })).body.code).toBe('email-taken');
  });
});
