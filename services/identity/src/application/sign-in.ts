import { Injectable } from '@nestjs/common';
import type { Account } from '../domain/account.js';
import { Clock, Digests, Randomness } from '../domain/ports.js';
import { ACCESS_TOKEN_SECONDS, AccessTokenSigner, sessionEnd, Sessions, writeRefreshToken } from '../domain/session.js';

/** What somebody who signed in holds. */
export interface SignedIn {
  account: Account;
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  refreshToken: string;
}

@Injectable()
export class SignIn {
  constructor(
    private readonly sessions: Sessions,
    private readonly signer: AccessTokenSigner,
    private readonly digests: Digests,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
  ) {}

  /** Opens a session for an account whose right to it was proven. */
  async open(account: Account, device: string): Promise<SignedIn> {
    const now = this.clock.now();
    const [id, secret] = [this.randomness.id(), this.randomness.secret()];
    const times = { createdAt: now, lastUsedAt: now, expiresAt: sessionEnd(now) };
    await this.sessions.open({
      id,
      accountId: account.id,
      device,
      ...times,
      secrets: { newest: this.digests.of(secret) },
    });
    return this.tokens(account, id, secret);
  }

  /** Tokens of a session that is open. */
  async tokens(account: Account, sessionId: string, secret: string): Promise<SignedIn> {
    const accessToken = await this.signer.sign(account, sessionId, this.clock.now());
    const refreshToken = writeRefreshToken({ id: sessionId, secret });
    return { account, accessToken, expiresIn: ACCESS_TOKEN_SECONDS, refreshToken };
  }
}
