import { Injectable } from '@nestjs/common';
import { type Account, Accounts, normaliseEmail } from '../domain/account.js';
import { InvalidCredentials } from '../domain/errors.js';
import { Clock, Digests, Passwords } from '../domain/ports.js';
import { readRefreshToken, Sessions } from '../domain/session.js';
import { KnownDevices } from './known-devices.js';
import { LoginThrottle } from './login-throttle.js';
import { OldHashes } from './old-hashes.js';

export interface Login {
  email: string;
  password: string;
  /** Network of the caller. */
  address: string;
  /** Of a session that the caller's browser still holds. */
  refreshToken?: string | undefined;
  /** That tells the caller's browser from others. */
  deviceCookie?: string | undefined;
}

/** Proves by the password whose account it is; what follows from that is for who asks. */
@Injectable()
export class LoginHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly devices: KnownDevices,
    private readonly throttle: LoginThrottle,
    private readonly oldHashes: OldHashes,
    private readonly digests: Digests,
    private readonly clock: Clock,
  ) {}

  /** @throws TooManyAttempts, InvalidCredentials */
  async execute({ email: typed, password, address, refreshToken, deviceCookie }: Login): Promise<Account> {
    const email = normaliseEmail(typed);
    const account = await this.accounts.byEmail(email);
    const admitted = await this.throttle.admit({
      email,
      address,
      trusted: account !== undefined && (await this.holderOf(refreshToken)) === account.id,
      device: account && this.devices.idOf(deviceCookie, account.id),
    });
    const matches = await this.passwords.matches(password, account?.passwordHash);
    if (!account || !matches) throw new InvalidCredentials('wrong e-mail or password');
    await this.throttle.succeed(admitted);
    return this.oldHashes.renew(account, password);
  }

  /** Whose living session the caller's browser holds. */
  private async holderOf(refreshToken: string | undefined): Promise<string | undefined> {
    const held = readRefreshToken(refreshToken);
    const session = held && (await this.sessions.byId(held.id, this.clock.now()));
    return session && session.secrets.newest === this.digests.of(held.secret) ? session.accountId : undefined;
  }
}
