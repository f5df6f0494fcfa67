import { Injectable } from '@nestjs/common';
import { Accounts } from '../domain/account.js';
import { SessionExpired } from '../domain/errors.js';
import { Clock, Digests, Randomness } from '../domain/ports.js';
import { decideRefresh, repeated, replaced } from '../domain/refresh-secrets.js';
import { readRefreshToken, type RefreshToken, type Session, sessionEnd, Sessions } from '../domain/session.js';
import { type SignedIn, SignIn } from './sign-in.js';

@Injectable()
export class RefreshHandler {
  constructor(
    private readonly sessions: Sessions,
    private readonly accounts: Accounts,
    private readonly signIn: SignIn,
    private readonly digests: Digests,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
  ) {}

  /** Exchanges a refresh token for new tokens; one that is too old ends its session. @throws SessionExpired */
  async execute(refreshToken: string | undefined): Promise<SignedIn> {
    const presented = readRefreshToken(refreshToken);
    if (!presented) throw new SessionExpired('no refresh token');
    const { session, successor } = await this.successorOf(presented);
    const account = await this.accounts.byId(session.accountId);
    if (!account || account.suspension) throw new SessionExpired('no such account');
    return this.signIn.tokens(account, session.id, successor);
  }

  /** The secret that follows the presented one. @throws SessionExpired, having ended a session whose secrets were stolen */
  private async successorOf({ id, secret }: RefreshToken): Promise<{ session: Session; successor: string }> {
    // Somebody who presents the same secret at the same moment is first: then it is another case.
    for (;;) {
      const now = this.clock.now();
      const session = await this.sessions.byId(id, now);
      if (!session) throw new SessionExpired('no such session');
      const digest = this.digests.of(secret);
      const decision = decideRefresh(session.secrets, digest, now);
      if (decision === 'end') {
        await this.sessions.close(id, now);
        throw new SessionExpired('an old refresh token came back: its session is over');
      }
      const salt = decision === 'replace' ? this.randomness.secret() : session.secrets.previous!.salt;
      const successor = this.digests.keyed(secret, salt);
      const secrets =
        decision === 'replace'
          ? replaced(session.secrets, { digest: this.digests.of(successor), salt }, now)
          : repeated(session.secrets);
      const after = { ...session, secrets, lastUsedAt: now, expiresAt: sessionEnd(now) };
      if (await this.sessions.refresh(session, after)) return { session, successor };
    }
  }
}
