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

/**
 * Identity as other services see it: signs access tokens, serves the keys that verify them, and knows which sessions have
 * ended (see `sessionOf`).
 */
export class FakeIdentity {
  /** Put here, a session is over from its next answer on. */
  readonly endedSessions = new Set<string>();
  /** How often it was asked for ended sessions. */
  asks = 0;

  private constructor(
    private readonly server: Server,
    private readonly privateKey: webcrypto.CryptoKey,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeIdentity> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const identity = new FakeIdentity(server, privateKey, url);
    server.on('request', (request, response) => {
      const isAsked = request.url?.startsWith('/internal/sessions/ended');
      const answer = isAsked ? identity.tellEnded() : { keys: [jwk] };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
    return identity;
  }

  /** The session of which {@link FakeIdentity.token} makes tokens. */
  static sessionOf({ id }: Pick<Identified, 'id'>): string {
    return `session-${id}`;
  }

  /** An access token as identity signs it. */
  token(account: Identified, expiresInSeconds = 600): Promise<string> {
    const { id, role, firstName = 'Amina', lastName = 'Ben Salah', locale = 'fr', emailVerified = true } = account;
    const names = { given_name: firstName, family_name: lastName, email_verified: emailVerified };
    const issuedAt = Math.floor(Date.now() / 1000);
    const times = { iat: issuedAt, exp: issuedAt + expiresInSeconds };
    const claims = {
      purpose: 'access',
      role,
      ...names,
      locale,
      sub: id,
      sid: FakeIdentity.sessionOf(account),
      ...times,
    };
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

  private tellEnded() {
    this.asks += 1;
    const now = Date.now();
    const until = new Date(now + 660_000).toISOString();
    return { asOf: new Date(now).toISOString(), items: [...this.endedSessions].map((id) => ({ id, until })) };
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}
