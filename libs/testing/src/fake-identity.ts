import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

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
    private readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'],
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

  /** An access token as identity signs it; `expiresIn` as jose takes it. */
  token(account: Identified, expiresIn = '10m'): Promise<string> {
    const { id, role, firstName = 'Amina', lastName = 'Ben Salah', locale = 'fr', emailVerified = true } = account;
    const names = { given_name: firstName, family_name: lastName, email_verified: emailVerified };
    return new SignJWT({ role, ...names, locale, sid: `session-${id}` })
      .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
      .setSubject(id)
      .setIssuer('medflow')
      .setAudience('medflow')
      .setExpirationTime(expiresIn)
      .sign(this.privateKey);
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}
