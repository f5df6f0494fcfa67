import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { SERVICE_CONFIG, type ServiceConfig } from '../service-definition.js';
import type { CurrentAccount, Locale, Role } from './account.js';
import { EndedSessions } from './ended-sessions.js';

export const TOKEN_ISSUER = 'medflow';
export const TOKEN_AUDIENCE = 'medflow';

/** The token cannot be checked now because identity's keys are out of reach: not the caller's fault (503). */
export class KeysUnavailable extends Error {
  readonly code = 'service-unavailable';
  readonly kind = 'unavailable';
}

/** Verifies access tokens by itself with identity's public keys (RFC 7517), fetched once and again when a key is unknown. */
@Injectable()
export class AccessTokens {
  private keys: JWTVerifyGetKey | undefined;
  /** A signature costs some 0.1 ms to check, so a token is checked once; it is kept no longer than it is valid. */
  private readonly verified = new LRUCache<string, { account: CurrentAccount; expiresAt: number }>({ max: 5000 });

  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Inject(EndedSessions) private readonly ended: EndedSessions = new EndedSessions(),
  ) {}

  /** The account behind the token, or null when it is forged, expired or not ours, or its session has ended.
   *  @throws KeysUnavailable when the keys cannot be had */
  async verify(token: string): Promise<CurrentAccount | null> {
    const account = await this.accountOf(token);
    return account && !(await this.ended.includes(account.sessionId)) ? account : null;
  }

  private async accountOf(token: string): Promise<CurrentAccount | null> {
    const known = this.verified.get(token);
    if (known) return known.expiresAt > Date.now() ? known.account : null;
    this.keys ??= createRemoteJWKSet(new URL('/auth/.well-known/jwks.json', this.config.upstreams.identity), {
      cooldownDuration: 1000,
    });
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        algorithms: ['ES256'],
        requiredClaims: ['sub', 'role', 'exp'],
      });
      const account: CurrentAccount = {
        id: payload.sub as string,
        role: payload.role as Role,
        firstName: String(payload.given_name ?? ''),
        lastName: String(payload.family_name ?? ''),
        locale: (payload.locale as Locale | undefined) ?? 'fr',
        sessionId: String(payload.sid ?? ''),
        emailVerified: payload.email_verified === true,
      };
      this.verified.set(token, { account, expiresAt: (payload.exp as number) * 1000 });
      return account;
    } catch (error) {
      const unreachable =
        error instanceof errors.JWKSTimeout ||
        !(error instanceof errors.JOSEError) ||
        error.message.startsWith('Expected 200 OK');
      if (unreachable) throw new KeysUnavailable('the signing keys cannot be fetched', { cause: error });
      return null;
    }
  }
}
