import { Injectable } from '@nestjs/common';
import { SessionExpired } from '../domain/errors.js';
import { Accounts, Clock, Randomness, Sessions } from '../domain/ports.js';
import { readRefreshToken, sessionEnd, type SignedIn, SignIn } from './sign-in.js';

@Injectable()
export class RefreshHandler {
  constructor(
    private readonly sessions: Sessions,
    private readonly accounts: Accounts,
    private readonly signIn: SignIn,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
  ) {}

  /** Exchanges a refresh token for new tokens; one that was used before ends its session. @throws SessionExpired */
  async execute(refreshToken: string | undefined): Promise<SignedIn> {
    const presented = readRefreshToken(refreshToken ?? '');
    if (!presented) throw new SessionExpired('no refresh token');
    const [secret, now] = [this.randomness.secret(), this.clock.now()];
    const session = await this.sessions.rotate(presented.id, presented.secret, secret, sessionEnd(now), now);
    const account = session && (await this.accounts.byId(session.accountId));
    if (!account) throw new SessionExpired('no such session');
    return this.signIn.tokens(account, session.id, secret);
  }

  /** Ends the session of the token; nothing to end is fine. */
  async logout(refreshToken: string | undefined): Promise<void> {
    const presented = readRefreshToken(refreshToken ?? '');
    if (presented) await this.sessions.close(presented.id, presented.secret);
  }
}
