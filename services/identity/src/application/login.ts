import { Injectable } from '@nestjs/common';
import { Accounts, normaliseEmail } from '../domain/account.js';
import { InvalidCredentials } from '../domain/errors.js';
import { Clock, Passwords } from '../domain/ports.js';
import { readRefreshToken, Sessions } from '../domain/session.js';
import { LoginThrottle } from './login-throttle.js';
import { OldHashes } from './old-hashes.js';
import { type SignedIn, SignIn } from './sign-in.js';

export interface Login {
  email: string;
  password: string;
  /** Network address of the caller. */
  address: string;
  device: string;
  /** Of a session that the caller's browser still holds. */
  refreshToken?: string;
}

@Injectable()
export class LoginHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly throttle: LoginThrottle,
    private readonly oldHashes: OldHashes,
    private readonly signIn: SignIn,
    private readonly clock: Clock,
  ) {}

  /** @throws TooManyAttempts, InvalidCredentials, AccountSuspended */
  async execute({ email: typed, password, address, device, refreshToken }: Login): Promise<SignedIn> {
    const email = normaliseEmail(typed);
    const account = await this.accounts.byEmail(email);
    const held = readRefreshToken(refreshToken);
    const holder = held && (await this.sessions.accountOf(held, this.clock.now()));
    const admitted = await this.throttle.admit({
      email,
      address,
      trusted: holder !== undefined && holder === account?.id,
    });
    const matches = await this.passwords.matches(password, account?.passwordHash);
    if (!account || !matches) throw new InvalidCredentials('wrong e-mail or password');
    await this.throttle.succeed(admitted);
    return this.signIn.open(await this.oldHashes.renew(account, password), device);
  }
}
