import type { Answer } from '@medflow/testing';
import { eventually } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Letters } from './letters.js';
import { cookieOf, deviceOf, person, type Served, serveIdentity } from './served.js';

const HOUR_MS = 3_600_000;
const password = 'jasmin-bleu-42';
const another = 'olivier-vert-9';

interface Owner {
  id: string;
  email: string;
  cookie: string;
}

describe('a forgotten password', () => {
  let served: Served;
  let letters: Letters;
  let count = 0;
  beforeAll(async () => {
    served = await serveIdentity();
    letters = new Letters(served);
  });
  afterAll(() => served.stop());

  const accounts = () => served.service.database.client.db().collection<{ _id: string }>('accounts');
  const links = () => served.service.database.client.db().collection<{ _id: string }>('mailed_links');
  async function owner(emailVerified = true): Promise<Owner> {
    const answer = await served.register(person({ password }));
    const { id, email } = answer.body.account;
    if (emailVerified)
      await accounts().updateOne({ _id: id }, { $set: { emailVerified }, $unset: { unprovenLetterAt: 1 } });
    return { id, email, cookie: cookieOf(answer) };
  }
  /** From an address of the network that nobody else uses, unless one is given. */
  const forget = (email: string, from = `10.20.${Math.floor((count += 1) / 250)}.${count % 250}`) =>
    served.service.call('POST', '/auth/password/forgot', { body: { email }, headers: { 'x-forwarded-for': from } });
  const reset = (token: string, to = another) =>
    served.service.call('POST', '/auth/password/reset', { body: { token, password: to } });
  const asked = async ({ id }: Owner) =>
    (await letters.purposes(id)).filter((purpose) => purpose === 'recovery').length;
  /** The token in the next letter to the owner, who asks for it. */
  async function tokenFor(one: Owner): Promise<string> {
    const before = await asked(one);
    await forget(one.email);
    await eventually(async () => (await asked(one)) > before);
    return letters.token(one.id);
  }
  const told = ({ status, headers, body }: Answer) => [status, headers.get('content-length'), body];

  it('brings a link, once, for an hour, that sets another one and ends every session', async () => {
    const me = await owner();
    const elsewhere = cookieOf(await served.login(me.email, password));
    const token = await tokenFor(me);
    const { expiresAt } = (await links().findOne({ _id: `recovery:${me.id}` })) as unknown as { expiresAt: Date };
    expect(Math.abs(expiresAt.getTime() - Date.now() - HOUR_MS)).toBeLessThan(60_000);
    expect((await reset(token)).status).toBe(204);
    for (const cookie of [me.cookie, elsewhere]) expect((await served.refresh(cookie)).status).toBe(401);
    expect((await served.login(me.email, password)).status).toBe(401);
    expect((await served.login(me.email, another)).status).toBe(200);
    expect((await reset(token, 'figuier-rouge-7')).body.code).toBe('invalid-link');
    expect((await letters.purposes(me.id)).at(-1)).toBe('credentials-changed');
  });

  it('makes the browser a known one, whose owner strangers cannot keep out', async () => {
    const me = await owner();
    const answer = await reset(await tokenFor(me));
    expect(answer.status).toBe(204);
    await Promise.all(Array.from({ length: 31 }, (_, n) => served.login(me.email, `mauvais-${n}`, `198.51.100.${n}`)));
    expect((await served.login(me.email, another, '10.9.9.1')).status).toBe(429);
    expect((await served.login(me.email, another, '10.9.9.1', { cookie: deviceOf(answer) })).status).toBe(200);
    expect(deviceOf(await reset('a.b'))).toBe('');
  });

  it('is answered alike whether there is such an account', async () => {
    const { email } = await owner();
    expect(told(await forget(`nobody.${email}`))).toEqual(told(await forget(email)));
    expect((await forget(email)).status).toBe(202);
    expect((await forget('amina@')).status).toBe(422);
  });

  it('is answered as soon, whether there is such an account', async () => {
    const people = await Promise.all(Array.from({ length: 25 }, () => owner()));
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    const ask = async (kind: 'known' | 'unknown', email: string) => {
      const at = performance.now();
      await forget(email);
      times[kind].push(performance.now() - at);
      // What follows the answer is over before the next is measured.
      await new Promise((resolve) => setTimeout(resolve, 40));
    };
    for (const { email } of people) {
      await ask('known', email);
      await ask('unknown', `nobody.${email}`);
    }
    const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
    const ratio = median(times.known) / median(times.unknown);
    expect(ratio).toBeGreaterThan(1 / 2.5);
    expect(ratio).toBeLessThan(2.5);
  });

  it('brings no more letters than three, and then one every twenty minutes, without saying so', async () => {
    const me = await owner();
    const answers = [];
    for (let n = 0; n < 8; n += 1) answers.push(await forget(me.email));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    await eventually(async () => (await asked(me)) === 3);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await asked(me)).toBe(3);
  });

  it('brings letters to twenty people from one address of the network, and then none, without saying so', async () => {
    const people = await Promise.all(Array.from({ length: 25 }, () => owner()));
    for (const { email } of people) expect((await forget(email, '10.30.0.1')).status).toBe(202);
    const reached = async () =>
      (await Promise.all(people.map((one) => asked(one)))).reduce((sum, letters) => sum + letters, 0);
    await eventually(async () => (await reached()) === 20);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await reached()).toBe(20);
  });

  it('has one link at a time: the older letter is worthless', async () => {
    const me = await owner();
    const older = await tokenFor(me);
    const newer = await tokenFor(me);
    expect((await reset(older)).body.code).toBe('invalid-link');
    expect((await reset(newer)).status).toBe(204);
  });

  it('is set once by ten who come at once with the link', async () => {
    const me = await owner();
    const token = await tokenFor(me);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => reset(token, `olivier-vert-9${n}-sud`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(9).fill(422)]);
    const winner = answers.findIndex(({ status }) => status === 204);
    expect((await served.login(me.email, `olivier-vert-9${winner}-sud`)).status).toBe(200);
  });

  it.each([
    ['court', 'too-short'],
    ['password123', 'common-password'],
    ['azerty123456', 'weak-password'],
    ['Amina2026!', 'common-password'],
  ])('is not replaced by « %s », and the link stays good', async (weak, code) => {
    const me = await owner();
    const token = await tokenFor(me);
    const refused = await reset(token, weak);
    expect([refused.status, refused.body.errors[0]]).toMatchObject([422, { field: 'password', code }]);
    expect((await reset(token)).status).toBe(204);
  });

  it('opens the account that strangers’ guesses had locked', async () => {
    const me = await owner();
    const guess = (n: number) => served.login(me.email, 'mauvais', `198.51.100.${n}`);
    await Promise.all(Array.from({ length: 31 }, (_, n) => guess(n)));
    expect((await served.login(me.email, password, '10.1.1.2')).status).toBe(429);
    expect((await reset(await tokenFor(me))).status).toBe(204);
    expect((await served.login(me.email, another, '10.1.1.2')).status).toBe(200);
  });

  it('proves an address that nobody had proven, within its one letter an hour', async () => {
    const me = await owner(false);
    await forget(me.email);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await letters.purposes(me.id)).toEqual(['verification']);
    await accounts().updateOne({ _id: me.id }, { $set: { unprovenLetterAt: new Date(Date.now() - HOUR_MS) } });
    const token = await tokenFor(me);
    const { accessToken } = (await served.login(me.email, password)).body;
    const again = await served.service.call('POST', '/auth/email/verification', {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(again.body.code).toBe('letter-too-soon');
    expect((await reset(token)).status).toBe(204);
    expect((await served.login(me.email, another)).body.account.emailVerified).toBe(true);
  });

  it('cannot be recovered with a link that was asked for before the password changed', async () => {
    const me = await owner();
    const token = await tokenFor(me);
    const { accessToken } = (await served.login(me.email, password)).body;
    const changed = await served.service.call('PUT', '/auth/password', {
      body: { currentPassword: password, newPassword: another },
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(changed.status).toBe(204);
    expect((await letters.purposes(me.id)).at(-1)).toBe('credentials-changed');
    expect((await reset(token, 'figuier-rouge-7')).body.code).toBe('invalid-link');
  });
});
