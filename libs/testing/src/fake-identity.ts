import type { webcrypto } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';

export interface Identified {
  id: string;
  role: 'patient' | 'doctor' | 'admin';
  firstName?: string;
  lastName?: string;
  locale?: 'fr' | 'en' | 'ar';
  /** Default true. */
  emailVerified?: boolean;
}

/** Identity's public face for suites of other services: signs access tokens and serves the keys that verify them. */
export class FakeIdentity {
  private constructor(
    private readonly server: Server,
    private readonly privateKey: webcrypto.CryptoKey,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeIdentity> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakeIdentity(server, privateKey, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  /** An access token as identity signs it. */
  token(account: Identified, expiresInSeconds = 600): Promise<string> {
    const { id, role, firstName = 'Amina', lastName = 'Ben Salah', locale = 'fr', emailVerified = true } = account;
    const names = { given_name: firstName, family_name: lastName, email_verified: emailVerified };
    const issuedAt = Math.floor(Date.now() / 1000);
    const times = { iat: issuedAt, exp: issuedAt + expiresInSeconds };
    const claims = { purpose: 'access', role, ...names, locale, sub: id, sid: `session-${id}`, ...times };
    return this.sign({ ...claims, iss: 'medflow', aud: 'medflow' });
  }

  /** Whatever is asked for, signed with this key: header and payload need be those of no JWT. */
  async sign(payload: unknown, header: unknown = { alg: 'ES256', kid: 'test', typ: 'at+jwt' }): Promise<string> {
    const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const text = `${encode(header)}.${encode(payload)}`;
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(algorithm, this.privateKey, Buffer.from(text));
    return `${text}.${Buffer.from(signature).toString('base64url')}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}
