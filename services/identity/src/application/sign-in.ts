import { Injectable } from '@nestjs/common';
import type { Account } from '../domain/account.js';
import {
  ACCESS_TOKEN_SECONDS,
  AccessTokenSigner,
  Clock,
  Randomness,
  REFRESH_TOKEN_DAYS,
  Sessions,
} from '../domain/ports.js';

/** What somebody who signed in holds. */
export interface SignedIn {
  account: Account;
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  refreshToken: string;
}

const DAY_MS = 86_400_000;

/** `session.secret`: the first part finds the session, the second proves the right to it. */
export const readRefreshToken = (token: string): { id: string; secret: string } | undefined => {
  const [, id, secret] = /^([\w-]{1,64})\.([\w-]{43})$/.exec(token) ?? [];
  return id && secret ? { id, secret } : undefined;
};

export const sessionEnd = (now: Date): Date => new Date(now.getTime() + REFRESH_TOKEN_DAYS * DAY_MS);

@Injectable()
export class SignIn {
  constructor(
    private readonly sessions: Sessions,
    private readonly signer: AccessTokenSigner,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
  ) {}

  /** Opens a session for an account whose right to it was proven. */
  async open(account: Account): Promise<SignedIn> {
    const now = this.clock.now();
    const [id, secret] = [this.randomness.id(), this.randomness.secret()];
    await this.sessions.open({ id, accountId: account.id, createdAt: now, expiresAt: sessionEnd(now) }, secret);
    return this.tokens(account, id, secret);
  }

  async tokens(account: Account, sessionId: string, secret: string): Promise<SignedIn> {
    const accessToken = await this.signer.sign(account, sessionId, this.clock.now());
    return { account, accessToken, expiresIn: ACCESS_TOKEN_SECONDS, refreshToken: `${sessionId}.${secret}` };
  }
}
