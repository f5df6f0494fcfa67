import type { KeyObject } from 'node:crypto';
import { PassportStrategy } from '@nestjs/passport';
import { LRUCache } from 'lru-cache';
import { Strategy } from 'passport-jwt';
import type { ServiceConfig } from '../service-definition.js';
import {
  type AccessTokenClaims,
  accountOf,
  isAccessTokenHeader,
  TOKEN_AUDIENCE,
  TOKEN_ISSUER,
} from './access-token.js';
import type { CurrentAccount } from './account.js';
import type { EndedSessions } from './ended-sessions.js';
import { ownStrategy } from './own-strategy.js';
import { KeysUnavailable, PublicKeys } from './public-keys.js';

/** As much of a request as authentication reads. */
export interface TokenBearing {
  headers: { authorization?: string | undefined };
}

const bearerOf = ({ headers }: TokenBearing): string | null =>
  /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1] ?? null;

/** The JSON of the first part, whatever that is; undefined for what is none. */
function headerOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
}

/**
 * Access tokens as `Authorization: Bearer …`: JWTs that identity has signed with one of its published keys (ES256), of the
 * type `at+jwt` (RFC 9068), for this purpose, issuer and audience, not expired, and of a session that has not ended.
 */
export class AccessTokenStrategy extends PassportStrategy(Strategy) {
  /** A signature costs some 0.1 ms to check, so a token is checked once; it is kept no longer than it is valid. */
  private readonly verified = new LRUCache<string, { account: CurrentAccount; expiresAt: number }>({ max: 5000 });

  constructor(
    config: ServiceConfig,
    private readonly ended: EndedSessions,
  ) {
    const keys = new PublicKeys(config);
    super({
      jwtFromRequest: bearerOf,
      secretOrKeyProvider: (_request: TokenBearing, token: string, done: (error: unknown, key?: never) => void) => {
        keyFor(token, keys)
          .then((key) => done(null, key as never))
          // Also for what jsonwebtoken cannot read and throws at.
          .catch(done);
      },
      algorithms: ['ES256'],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      passReqToCallback: true,
    });
    ownStrategy(this, 'access-token');
  }

  override authenticate(request: TokenBearing, options?: object): void {
    const known = this.verified.get(bearerOf(request) ?? '');
    if (!known) return super.authenticate(request as never, options);
    if (known.expiresAt <= Date.now()) return this.fail(401);
    const over = this.ended.includes(known.account.sessionId);
    if (over instanceof Promise) void over.then((isOver) => this.settle(known.account, isOver), this.error);
    else this.settle(known.account, over);
  }

  /** What the signed claims say, or false when they are no access token's. */
  async validate(request: TokenBearing, claims: AccessTokenClaims): Promise<CurrentAccount | false> {
    const account = accountOf(claims);
    if (!account) return false;
    this.verified.set(bearerOf(request)!, { account, expiresAt: claims.exp! * 1000 });
    return (await this.ended.includes(account.sessionId)) ? false : account;
  }

  private settle(account: CurrentAccount, isOver: boolean): void {
    if (isOver) this.fail(401);
    else this.success(account);
  }
}

/** @throws Error when the token names no key of ours or is no access token; KeysUnavailable */
async function keyFor(token: string, keys: PublicKeys): Promise<KeyObject> {
  const header = headerOf(token);
  if (!isAccessTokenHeader(header)) throw new Error('not an access token');
  const key = await keys.find(header.kid);
  if (!key) throw new Error('not a key of ours');
  return key;
}

/** The account that a strategy's attempt ended with, or null. @throws KeysUnavailable */
export function outcomeOf(strategy: AccessTokenStrategy, request: TokenBearing): Promise<CurrentAccount | null> {
  return new Promise((resolve, reject) => {
    const attempt = Object.assign(Object.create(strategy) as AccessTokenStrategy, {
      success: resolve,
      fail: (why?: unknown) => (why instanceof KeysUnavailable ? reject(why) : resolve(null)),
      error: reject,
    });
    attempt.authenticate(request);
  });
}
