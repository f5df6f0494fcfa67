import { Injectable } from '@nestjs/common';
import { Accounts } from '../domain/account.js';
import { SessionExpired } from '../domain/errors.js';
import { Clock, Randomness } from '../domain/ports.js';
import { readRefreshToken, Sessions } from '../domain/session.js';
import { type SignedIn, SignIn } from './sign-in.js';

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
    const presented = readRefreshToken(refreshToken);
    if (!presented) throw new SessionExpired('no refresh token');
    const secret = this.randomness.secret();
    const session = await this.sessions.rotate(presented, secret, this.clock.now());
    const account = session && (await this.accounts.byId(session.accountId));
    if (!account || account.suspension) throw new SessionExpired('no such session');
    return this.signIn.tokens(account, session.id, secret);
  }
}
