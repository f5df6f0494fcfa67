import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { person, type Served, serveIdentity } from './served.js';

const composed = 'ﬁguier-tr\u00e8s-rouge';
const decomposed = 'figuier-tre\u0300s-rouge';

describe('passwords', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveIdentity();
  });
  afterAll(() => served.stop());

  const accounts = () => served.service.database.client.db().collection('accounts');
  const hashOf = async (email: string) => (await accounts().findOne({ email }))!.passwordHash as string;
  /** Somebody whose password was hashed by an earlier release, which hashed what was typed. */
  async function from(earlier: string): Promise<string> {
    const { email } = (await served.register(person())).body.account;
    await accounts().updateOne({ email }, { $set: { passwordHash: await hash(earlier) } });
    return email;
  }

  it('are the same however a keyboard composes them', async () => {
    const { email } = (await served.register(person({ password: decomposed }))).body.account;
    expect((await served.login(email, composed)).status).toBe(200);
    expect((await served.login(email, decomposed)).status).toBe(200);
    expect((await served.login(email, decomposed.toUpperCase())).status).toBe(401);
  });

  it('of earlier releases still sign in as they were typed, and from then on in any form', async () => {
    const email = await from(decomposed);
    expect((await served.login(email, composed)).status).toBe(401);
    expect((await served.login(email, decomposed)).status).toBe(200);
    const renewed = await hashOf(email);
    expect((await served.login(email, composed)).status).toBe(200);
    expect(await hashOf(email)).toBe(renewed);
  });

  it('that would be refused today still sign in', async () => {
    const email = await from('abcdefgh');
    const before = await hashOf(email);
    expect((await served.login(email, 'abcdefgh')).status).toBe(200);
    expect(await hashOf(email)).toBe(before);
  });

  it.each([
    ['fr', 'Ce mot de passe se devine trop vite'],
    ['en', 'This password is guessed too soon'],
    ['ar', 'يمكن تخمين كلمة المرور هذه بسرعة'],
  ])('that are weak are refused with words that help: %s', async (language, words) => {
    const { status, body } = await served.register(person({ password: 'abcdefgh' }), { 'accept-language': language });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { field: 'password', code: 'weak-password', message: expect.stringContaining(words) },
    ]);
  });
});
