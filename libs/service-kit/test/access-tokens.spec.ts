import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeIdentity } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessTokens, EndedSessions, KeysUnavailable, type ServiceConfig } from '../src/index.js';

let identity: FakeIdentity;
let tokens: AccessTokens;
let publicJwk: Record<string, string>;
beforeAll(async () => {
  identity = await FakeIdentity.start();
  tokens = verifierOf(identity.url);
  const { keys } = (await (await fetch(identity.url)).json()) as { keys: Record<string, string>[] };
  publicJwk = keys[0]!;
});
afterAll(() => identity.stop());

const verifierOf = (url: string, ended?: EndedSessions) =>
  new AccessTokens({ upstreams: { identity: url } } as unknown as ServiceConfig, ended);
const inTenMinutes = () => Math.floor(Date.now() / 1000) + 600;
const claims = (over: object = {}) => ({
  purpose: 'access',
  role: 'admin',
  sub: 'account-1',
  sid: 'session-1',
  iss: 'medflow',
  aud: 'medflow',
  exp: inTenMinutes(),
  ...over,
});
const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
/** A token put together by hand; `signed` makes the signature of what stands before it. */
const forge = (header: unknown, payload: unknown, signed: (text: string) => Buffer) => {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${signed(text).toString('base64url')}`;
};
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const byStranger = (text: string) =>
  sign('sha256', Buffer.from(text), { key: stranger.privateKey, dsaEncoding: 'ieee-p1363' });
const header = (over: object = {}) => ({ alg: 'ES256', kid: 'test', typ: 'at+jwt', ...over });

describe('access tokens', () => {
  it('tell whose they are', async () => {
    expect(await tokens.verify(await identity.sign(claims({ given_name: 'Amina', email_verified: true })))).toEqual({
      id: 'account-1',
      role: 'admin',
      firstName: 'Amina',
      lastName: '',
      locale: 'fr',
      sessionId: 'session-1',
      emailVerified: true,
    });
  });

  it('that do not say so are of an unproven e-mail address', async () => {
    for (const email_verified of [undefined, false, 'true', 1])
      expect(await tokens.verify(await identity.sign(claims({ email_verified })))).toMatchObject({
        emailVerified: false,
      });
  });

  it.each<[string, () => string | Promise<string>]>([
    ['with no signature and alg none', () => `${encode({ ...header(), alg: 'none' })}.${encode(claims())}.`],
    ['with no signature and alg ES256', () => `${encode(header())}.${encode(claims())}.`],
    [
      'with HS256 and the public key as its secret',
      () => {
        const pem = createPublicKey({ key: publicJwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
        return forge(header({ alg: 'HS256' }), claims(), (text) => createHmac('sha256', pem).update(text).digest());
      },
    ],
    [
      'with HS256 and the public JWK as its secret',
      () =>
        forge(header({ alg: 'HS256' }), claims(), (text) =>
          createHmac('sha256', JSON.stringify(publicJwk)).update(text).digest(),
        ),
    ],
    ['signed by another key under our kid', () => forge(header(), claims(), byStranger)],
    ['of an unknown kid', () => identity.sign(claims(), header({ kid: 'other' }))],
    ['without a kid', () => identity.sign(claims(), header({ kid: undefined }))],
    [
      'with a key of its own',
      () => forge(header({ kid: 'mine', jwk: stranger.publicKey.export({ format: 'jwk' }) }), claims(), byStranger),
    ],
    [
      'with a key beside ours',
      () => identity.sign(claims(), header({ jwk: stranger.publicKey.export({ format: 'jwk' }) })),
    ],
    ['with the address of a key', () => identity.sign(claims(), header({ jku: 'http://127.0.0.1:1/keys' }))],
    ['with an extension that must be understood', () => identity.sign(claims(), header({ crit: ['exp'], exp: 1 }))],
    ['of the type JWT', () => identity.sign(claims(), header({ typ: 'JWT' }))],
    ['for the proof of an e-mail address', () => identity.sign(claims(), header({ typ: 'email-verification+jwt' }))],
    ['of no type', () => identity.sign(claims(), header({ typ: undefined }))],
    ['for another purpose', () => identity.sign(claims({ purpose: 'second-factor' }))],
    ['for no purpose', () => identity.sign(claims({ purpose: undefined }))],
    ['for another audience', () => identity.sign(claims({ aud: 'elsewhere' }))],
    ['of another issuer', () => identity.sign(claims({ iss: 'https://elsewhere' }))],
    ['that has expired', () => identity.sign(claims({ exp: Math.floor(Date.now() / 1000) - 1 }))],
    ['that never expires', () => identity.sign(claims({ exp: undefined }))],
    ['that is not valid yet', () => identity.sign(claims({ nbf: inTenMinutes() }))],
    ['of nobody', () => identity.sign(claims({ sub: undefined }))],
    ['of no session', () => identity.sign(claims({ sid: undefined }))],
    ['of no role', () => identity.sign(claims({ role: undefined }))],
    ['of a role that there is not', () => identity.sign(claims({ role: 'root' }))],
    ['whose header is null', () => identity.sign(claims(), null)],
    ['whose header is a list', () => identity.sign(claims(), [])],
    ['whose payload is null', () => identity.sign(null)],
    ['whose payload is text', () => identity.sign('text')],
    ['in two parts', () => `${encode(header())}.${encode(claims())}`],
    ['in four parts', async () => `${await identity.sign(claims())}.x`],
    ['with a word after it', async () => `${await identity.sign(claims())} x`],
    ['of dots', () => '..'],
    ['that is empty', () => ''],
    ['that is noise', () => '\u0000é{{}}'],
  ])('%s are refused', async (_, make) => {
    expect(await tokens.verify(await make())).toBeNull();
  });

  it('are refused when a letter of them has changed', async () => {
    const [head, payload, signature] = (await identity.sign(claims({ role: 'patient' }))).split('.') as [
      string,
      string,
      string,
    ];
    expect(await tokens.verify(`${head}.${payload}.${signature}`)).not.toBeNull();
    expect(await tokens.verify(`${head}.${encode(claims())}.${signature}`)).toBeNull();
    expect(await tokens.verify(`${head}.${payload}.${signature.split('').reverse().join('')}`)).toBeNull();
  });

  it('are refused from the moment that they expire, though they were good before', async () => {
    const brief = await identity.sign(claims({ exp: Math.floor(Date.now() / 1000) + 2 }));
    expect(await tokens.verify(brief)).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect(await tokens.verify(brief)).toBeNull();
  });

  it.each<[string, (id: string) => boolean | Promise<boolean>]>([
    ['known here', (id) => id === 'session-2'],
    ['looked up', (id) => Promise.resolve(id === 'session-2')],
  ])('are refused once their session has ended, which is %s', async (_, lookup) => {
    const ended = new EndedSessions();
    const knowing = verifierOf(identity.url, ended);
    const [kept, other] = [await identity.sign(claims()), await identity.sign(claims({ sid: 'session-2' }))];
    expect(await knowing.verify(other)).not.toBeNull();
    ended.register(lookup);
    expect(await knowing.verify(other)).toBeNull();
    expect(await verifierOf(identity.url, ended).verify(other)).toBeNull();
    expect(await knowing.verify(kept)).not.toBeNull();
  });

  it('are somebody else’s fault when the keys cannot be had', async () => {
    const token = await identity.sign(claims());
    await expect(verifierOf('http://127.0.0.1:1').verify(token)).rejects.toThrow(KeysUnavailable);
    const broken = createServer((_, response) => response.writeHead(503).end());
    await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
    await expect(verifierOf(url).verify(token)).rejects.toThrow(KeysUnavailable);
    await new Promise((resolve) => broken.close(resolve));
  });

  it('are verified apart by two verifiers of one process', async () => {
    const other = await FakeIdentity.start();
    const theirs = verifierOf(other.url);
    const token = await other.sign(claims());
    expect(await theirs.verify(token)).not.toBeNull();
    expect(await tokens.verify(token)).toBeNull();
    await other.stop();
  });
});
