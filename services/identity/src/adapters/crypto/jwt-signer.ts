import { Injectable } from '@nestjs/common';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@medflow/service-kit';
import { importJWK, SignJWT } from 'jose';
import type { Account } from '../../domain/account.js';
import { ACCESS_TOKEN_SECONDS, AccessTokenSigner } from '../../domain/ports.js';
import { SigningKeys } from '../mongo/signing-keys.js';

@Injectable()
export class JwtSigner extends AccessTokenSigner {
  private current: Promise<{ kid: string; key: Awaited<ReturnType<typeof importJWK>> }> | undefined;

  constructor(private readonly keys: SigningKeys) {
    super();
  }

  async sign({ id, role, firstName, lastName, locale }: Account, sessionId: string, now: Date): Promise<string> {
    const { kid, key } = await this.key();
    const issuedAt = Math.floor(now.getTime() / 1000);
    return new SignJWT({ role, given_name: firstName, family_name: lastName, locale, sid: sessionId })
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'at+jwt' })
      .setSubject(id)
      .setIssuer(TOKEN_ISSUER)
      .setAudience(TOKEN_AUDIENCE)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
      .sign(key);
  }

  publicKeys(): Promise<object[]> {
    return this.keys.publicKeys();
  }

  private key() {
    this.current ??= this.keys
      .current()
      .then(async ({ kid, privateJwk }) => ({ kid, key: await importJWK(privateJwk, 'ES256') }));
    this.current.catch(() => (this.current = undefined));
    return this.current;
  }
}
