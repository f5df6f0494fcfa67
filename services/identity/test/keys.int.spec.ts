import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { PublicKeysHandler } from '../src/application/public-keys.js';
import { RotateSigningKeyHandler } from '../src/application/rotate-signing-key.js';
import type { Account } from '../src/domain/account.js';
import { RotatedRecently } from '../src/domain/errors.js';
import { AccessTokenSigner } from '../src/domain/session.js';
import { KEY_KNOWN_FOR_MS } from '../src/domain/signing-keys.js';
import { type Replica, IdentityHarness } from './harness.js';

const account: Account = {
  id: '01935a6e-0000-7000-8000-000000000001',
  email: 'amina@example.tn',
  emailVerified: false,
  role: 'patient',
  firstName: 'Amina',
  lastName: 'Ben Salah',
  locale: 'fr',
  passwordHash: '-',
  createdAt: new Date(),
};

let harness: IdentityHarness;
beforeEach(async () => {
  harness = await IdentityHarness.create();
});
afterEach(() => harness.close());

const kids = async (app: Replica): Promise<string[]> =>
  ((await app.get(PublicKeysHandler, { strict: false }).execute()) as { kid: string }[]).map(({ kid }) => kid);
const signer = (app: Replica) => app.get(AccessTokenSigner, { strict: false });
const sign = (app: Replica, now = new Date()): Promise<string> => signer(app).sign(account, 'session-1', now);
const kidOf = (token: string): string => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid;
const keysStored = () => harness.database.client.db().collection('signing_keys').find().toArray();

describe('signing keys', () => {
  it('are one key for replicas that start at once, and each verifies what the other signs', async () => {
    const replicas = await Promise.all([harness.replica(), harness.replica(), harness.replica()]);
    const tokens = await Promise.all(replicas.map((app) => sign(app)));
    expect(new Set(tokens.map(kidOf)).size).toBe(1);
    expect(await keysStored()).toHaveLength(1);
    const verifier = await harness.verifier(replicas[0]!);
    for (const token of tokens) {
      expect(await verifier.verify(token)).toEqual({
        id: account.id,
        role: 'patient',
        firstName: 'Amina',
        lastName: 'Ben Salah',
        locale: 'fr',
        sessionId: 'session-1',
        emailVerified: false,
      });
    }
  });

  it('sign whether the e-mail address is proven', async () => {
    const app = await harness.replica();
    const verifier = await harness.verifier(app);
    const proven = await signer(app).sign({ ...account, emailVerified: true }, 'session-1', new Date());
    expect(await verifier.verify(proven)).toMatchObject({ emailVerified: true });
    expect(await verifier.verify(await sign(app))).toMatchObject({ emailVerified: false });
  });

  it('show nothing private', async () => {
    const app = await harness.replica();
    const [key] = (await app.get(PublicKeysHandler, { strict: false }).execute()) as object[];
    expect(Object.keys(key!).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });

  it('change without signing anybody out, and the other replicas follow within a minute', async () => {
    const [one, other] = [await harness.replica(), await harness.replica()];
    const verifier = await harness.verifier(one);
    const [before, early] = [await sign(one), await sign(other)];
    expect(await verifier.verify(before)).not.toBeNull();
    const { status, body } = await harness.rotateKey(one);
    expect(status).toBe(200);
    const { kid } = body;
    expect(kid).not.toBe(kidOf(before));
    expect(await kids(one)).toEqual([kid, kidOf(before)]);
    expect(kidOf(await sign(other))).toBe(kidOf(early));
    const aMinuteLater = new Date(Date.now() + KEY_KNOWN_FOR_MS);
    const late = await sign(other, aMinuteLater);
    expect(kidOf(late)).toBe(kid);
    // Verifiers ask for an unknown key at most once a second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await verifier.verify(late)).not.toBeNull();
    expect(await (await harness.verifier(other)).verify(early)).not.toBeNull();
  });

  it('do not change again while tokens of the key that would be dropped are valid', async () => {
    const app = await harness.replica();
    const rotation = app.get(RotateSigningKeyHandler, { strict: false });
    await sign(app);
    await rotation.execute();
    await expect(rotation.execute()).rejects.toThrow(RotatedRecently);
    const refused = await harness.rotateKey(app);
    expect([refused.status, refused.body.code]).toEqual([409, 'rotated-recently']);
    expect(refused.body.detail).toMatch(/à partir de \d{4}-\d\d-\d\dT/);
    const third = await signer(app).rotate(new Date(Date.now() + 660_000));
    expect((await kids(app))[0]).toBe(third);
    expect(await keysStored()).toHaveLength(3);
  });

  it('are one new key for two operators at once', async () => {
    const [one, other] = [await harness.replica(), await harness.replica()];
    await sign(one);
    const results = await Promise.all([harness.rotateKey(one), harness.rotateKey(other)]);
    expect(results.some(({ status }) => status === 200)).toBe(true);
    expect(await keysStored()).toHaveLength(2);
  });

  it('lie sealed in the database where the operator gives a key for it', async () => {
    const env = { IDENTITY_KEY_ENCRYPTION_KEY: 'a secret of the operator' };
    const [one, other] = [await harness.replica(env), await harness.replica(env)];
    expect(kidOf(await sign(one))).toBe(kidOf(await sign(other)));
    const [key] = await keysStored();
    expect(key!.privateJwk).toMatch(/^sealed:/);
    await expect(sign(await harness.replica())).rejects.toThrow('IDENTITY_KEY_ENCRYPTION_KEY is not set');
    const wrong = await harness.replica({ IDENTITY_KEY_ENCRYPTION_KEY: 'another secret' });
    await expect(sign(wrong)).rejects.toThrow('sealed with another one');
  });

  it('never lie open in the database: without a key of the operator, what the services share seals them', async () => {
    const token = await sign(await harness.replica());
    const [key] = await keysStored();
    expect(key!.privateJwk).toMatch(/^bound:/);
    expect(kidOf(await sign(await harness.replica()))).toBe(kidOf(token));
  });

  it('are followed by a new one where what the services share was exchanged, and are published all the same', async () => {
    const before = await harness.replica();
    const token = await sign(before);
    const exchanged = await harness.replica({}, 'another secret of this installation');
    expect(kidOf(await sign(exchanged))).not.toBe(kidOf(token));
    expect(await kids(exchanged)).toEqual([kidOf(await sign(exchanged)), kidOf(token)]);
  });

  it('open a key that was stored before the operator gave one, and seal it then', async () => {
    const token = await sign(await harness.replica());
    const sealing = await harness.replica({ IDENTITY_KEY_ENCRYPTION_KEY: 'a secret of the operator' });
    expect(kidOf(await sign(sealing))).toBe(kidOf(token));
    expect((await keysStored())[0]!.privateJwk).toMatch(/^sealed:/);
  });

  it('seal what an earlier version stored as it is', async () => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const publicJwk = await exportJWK(pair.publicKey);
    const kid = await calculateJwkThumbprint(publicJwk);
    const privateJwk = JSON.stringify(await exportJWK(pair.privateKey));
    const keys = harness.database.client.db().collection('signing_keys');
    await keys.insertOne({ _id: 1 as never, kid, publicJwk, privateJwk, createdAt: new Date() });
    expect(kidOf(await sign(await harness.replica()))).toBe(kid);
    expect((await keysStored())[0]!.privateJwk).toMatch(/^bound:/);
  });
});
