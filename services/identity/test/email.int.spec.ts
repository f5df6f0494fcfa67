import type { Answer } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Letters } from './letters.js';
import { cookieOf, person, type Served, serveIdentity } from './served.js';

const HOUR_MS = 3_600_000;

interface Newcomer {
  id: string;
  email: string;
  cookie: string;
  headers: { authorization: string };
  account: Answer['body'];
}

describe('proving an address', () => {
  let served: Served;
  let letters: Letters;
  beforeAll(async () => {
    served = await serveIdentity();
    letters = new Letters(served);
  });
  afterAll(() => served.stop());

  const collection = (name: string) => served.service.database.client.db().collection<{ _id: string }>(name);
  async function newcomer(): Promise<Newcomer> {
    const answer = await served.register(person());
    const { account, accessToken } = answer.body;
    const headers = { authorization: `Bearer ${accessToken}` };
    return { id: account.id, email: account.email, cookie: cookieOf(answer), headers, account };
  }
  const verify = (token: unknown, headers = {}) =>
    served.service.call('POST', '/auth/email/verify', { body: { token }, headers });
  const sendAgain = ({ headers }: Newcomer) => served.service.call('POST', '/auth/email/verification', { headers });
  /** As if the last letter had gone so long ago. */
  const letterWas = ({ id }: Newcomer, ago: number) =>
    collection('accounts').updateOne({ _id: id }, { $set: { unprovenLetterAt: new Date(Date.now() - ago) } });

  it('begins with the letter that a sign-up wants, once, and whose fact names neither address nor link', async () => {
    const body = person();
    const key = { 'idempotency-key': `letter-${body.email}` };
    const [{ body: answer }] = await Promise.all([served.register(body, key), served.register(body, key)]);
    expect(await letters.purposes(answer.account.id)).toEqual(['verification']);
    const rows = await collection('outbox').find({ type: 'identity.letter-wanted.v1' }).toArray();
    expect(JSON.stringify(rows)).not.toMatch(/@|secret|token/i);
  });

  it('tells the page whether it must be, and when another letter may go', async () => {
    const { account } = await newcomer();
    expect(account).toMatchObject({ emailVerified: false, emailVerification: { required: true } });
    const wait = Date.parse(account.emailVerification.nextLetterAt) - Date.now();
    expect(Math.abs(wait - HOUR_MS)).toBeLessThan(60_000);
  });

  it('succeeds with the link of the letter, signed in or not, and the next token says so', async () => {
    const me = await newcomer();
    const answer = await verify(await letters.token(me.id));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toEqual({ ...me.account, emailVerified: true, emailVerification: undefined });
    const { body } = await served.refresh(me.cookie);
    const claims = JSON.parse(Buffer.from(body.accessToken.split('.')[1], 'base64url').toString());
    expect([claims.email_verified, body.account.emailVerified]).toEqual([true, true]);
  });

  it('takes a link once, also when it comes ten times at once', async () => {
    const { id } = await newcomer();
    const token = await letters.token(id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => verify(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(422)]);
    expect(answers.find(({ status }) => status === 422)!.body).toMatchObject({
      code: 'invalid-link',
      errors: [{ field: 'token', code: 'invalid-link' }],
    });
  });

  it('does not take a link that expired a day after its letter', async () => {
    const { id } = await newcomer();
    const token = await letters.token(id);
    const link = await collection('mailed_links').findOne({ _id: `verification:${id}` });
    expect(link).toMatchObject({ expiresAt: expect.any(Date) });
    const life = (link as unknown as { expiresAt: Date }).expiresAt.getTime() - Date.now();
    expect(Math.abs(life - 24 * HOUR_MS)).toBeLessThan(60_000);
    await collection('mailed_links').updateOne({ _id: `verification:${id}` }, { $set: { expiresAt: new Date() } });
    expect((await verify(token)).body.code).toBe('invalid-link');
  });

  it.each([
    ['nothing', ''],
    ['an object', { $gt: '' }],
    ['a secret alone', 'a'.repeat(43)],
    ['somebody’s id and a guess', `01935a6e-0000-7000-8000-000000000001.${'a'.repeat(43)}`],
    ['an operator', `{"$gt":""}.${'a'.repeat(43)}`],
  ])('does not succeed with %s', async (_, token) => {
    const { status } = await verify(token);
    expect(status).toBe(422);
  });

  it('has one purpose: its link recovers no password, and the other way round', async () => {
    const { id } = await newcomer();
    const token = await letters.token(id);
    const reset = (given: string) =>
      served.service.call('POST', '/auth/password/reset', { body: { token: given, password: 'olivier-vert-9' } });
    expect((await reset(token)).body.code).toBe('invalid-link');
    expect((await verify(token)).status).toBe(200);
  });

  it('keeps digests of secrets only', async () => {
    const { id } = await newcomer();
    const secret = (await letters.token(id)).split('.')[1]!;
    const collections = await served.service.database.client.db().collections();
    const everything = JSON.stringify(await Promise.all(collections.map((one) => one.find().toArray())));
    expect(everything).toContain(`verification:${id}`);
    expect(everything).not.toContain(secret);
  });

  describe('by another letter', () => {
    it('waits an hour from the one before, and says how long', async () => {
      const me = await newcomer();
      await letterWas(me, HOUR_MS - 61_000);
      const tooSoon = await sendAgain(me);
      expect([tooSoon.status, tooSoon.body.code]).toEqual([429, 'letter-too-soon']);
      expect(Number(tooSoon.headers.get('retry-after'))).toBeGreaterThan(50);
      expect(Number(tooSoon.headers.get('retry-after'))).toBeLessThanOrEqual(61);
      expect(tooSoon.body.detail).toMatch(/dans [12] min\./);
      expect(await letters.purposes(me.id)).toEqual(['verification']);
      await letterWas(me, HOUR_MS);
      const sent = await sendAgain(me);
      expect(sent.status).toBe(202);
      expect(Date.parse(sent.body.emailVerification.nextLetterAt)).toBeGreaterThan(Date.now() + HOUR_MS - 60_000);
      expect(await letters.purposes(me.id)).toEqual(['verification', 'verification']);
    });

    it('is one where ten are asked for at once', async () => {
      const me = await newcomer();
      await letterWas(me, HOUR_MS);
      const answers = await Promise.all(Array.from({ length: 10 }, () => sendAgain(me)));
      expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array<number>(9).fill(429)]);
      expect(await letters.purposes(me.id)).toEqual(['verification', 'verification']);
    });

    it('makes the older link worthless, and the older letter, if it was not written yet', async () => {
      const me = await newcomer();
      const older = await letters.token(me.id);
      const [first] = await letters.wanted(me.id);
      await letterWas(me, HOUR_MS);
      await sendAgain(me);
      expect((await verify(older)).body.code).toBe('invalid-link');
      expect((await letters.write(first!)).status).toBe(404);
      expect((await verify(await letters.token(me.id))).status).toBe(200);
    });

    it('is not for whom the address is proven already, nor for strangers', async () => {
      const me = await newcomer();
      await verify(await letters.token(me.id));
      expect((await sendAgain(me)).body.code).toBe('email-verified-already');
      expect((await served.service.call('POST', '/auth/email/verification')).status).toBe(401);
    });
  });

  describe('as the writer of letters sees it', () => {
    it('gets a secret for each copy of a letter: a crash after sending makes no dead link', async () => {
      const { id } = await newcomer();
      const first = await letters.token(id);
      const again = await letters.token(id);
      expect(again).not.toBe(first);
      expect((await verify(first)).status).toBe(200);
      expect((await verify(again)).status).toBe(422);
    });

    it('learns the address, the language and whether the address is proven, and nobody else does', async () => {
      const { id, email } = await newcomer();
      const [letter] = await letters.wanted(id);
      expect((await letters.write(letter!, {})).status).toBe(401);
      const { body, headers } = await letters.write(letter!);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toEqual({
        email,
        emailVerified: false,
        locale: 'fr',
        firstName: 'Amina',
        lastName: 'Ben Salah',
        token: expect.stringMatching(new RegExp(`^${id}\\.[\\w-]{43}$`)),
      });
      await verify(body.token);
      expect((await letters.write(letter!)).status).toBe(404);
    });

    it.each([
      [{ purpose: 'recovery' }, 404],
      [{ accountId: 'somebody' }, 404],
      [{ letterId: 'another' }, 404],
      [{ purpose: 'credentials-changed' }, 422],
    ])('gets none for %j', async (over, status) => {
      const { id } = await newcomer();
      const [letter] = await letters.wanted(id);
      expect((await letters.write({ ...letter!, ...over })).status).toBe(status);
    });
  });
});

describe('where the operator asks for no proof', () => {
  it('letters go all the same, and the page is told that nothing waits for it', async () => {
    const served = await serveIdentity({ MEDFLOW_VERIFY_EMAIL: 'off' });
    try {
      const { account } = (await served.register(person())).body;
      expect(account.emailVerification.required).toBe(false);
      expect(await new Letters(served).purposes(account.id)).toEqual(['verification']);
    } finally {
      await served.stop();
    }
  });

  it.each([
    [{ MEDFLOW_EMBEDDED: '1' }, false],
    [{ MEDFLOW_EMBEDDED: '1', MEDFLOW_VERIFY_EMAIL: 'on' }, true],
  ])('which with %j is so or not', async (env, required) => {
    const served = await serveIdentity(env);
    try {
      expect((await served.register(person())).body.account.emailVerification.required).toBe(required);
    } finally {
      await served.stop();
    }
  });

  it('is neither on nor off otherwise', async () => {
    await expect(serveIdentity({ MEDFLOW_VERIFY_EMAIL: 'maybe' })).rejects.toThrow(
      'MEDFLOW_VERIFY_EMAIL is neither on nor off: maybe.',
    );
  });
});
