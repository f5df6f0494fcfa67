import { Injectable } from '@nestjs/common';
import { type Account, Accounts } from '../domain/account.js';
import { AccountSuspended, InvalidCredentials } from '../domain/errors.js';
import { Clock, Digests, Randomness } from '../domain/ports.js';
import { ACCESS_TOKEN_SECONDS } from '../domain/ended-session.js';
import { AccessTokenSigner, sessionEnd, Sessions, writeRefreshToken } from '../domain/session.js';

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
    private readonly accounts: Accounts,
    private readonly signer: AccessTokenSigner,
    private readonly digests: Digests,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a session for an account whose right to it was proven.
   * @throws AccountSuspended, InvalidCredentials when the password was changed since
   */
  async open(account: Account, device: string): Promise<SignedIn> {
    if (account.suspension) throw new AccountSuspended(account.suspension.reason);
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
    try {
      await this.expectUnchanged(account);
    } catch (error) {
      await this.sessions.close(id, this.clock.now());
      throw error;
    }
    return this.tokens(account, id, secret);
  }

  /** What ended every session of the account at this moment did not see the new one. */
  private async expectUnchanged({ id, passwordHash }: Account): Promise<void> {
    const account = await this.accounts.byId(id);
    if (account?.suspension) throw new AccountSuspended(account.suspension.reason);
    if (account && account.passwordHash !== passwordHash) throw new InvalidCredentials('changed a moment ago');
  }

  /** Tokens of a session that is open. */
  async tokens(account: Account, sessionId: string, secret: string): Promise<SignedIn> {
    const accessToken = await this.signer.sign(account, sessionId, this.clock.now());
    const refreshToken = writeRefreshToken({ id: sessionId, secret });
    return { account, accessToken, expiresIn: ACCESS_TOKEN_SECONDS, refreshToken };
  }
}
