import { Injectable } from '@nestjs/common';
import { normaliseEmail } from '../domain/account.js';
import { InvalidCredentials, TooManyAttempts } from '../domain/errors.js';
import { Attempts } from '../domain/login-throttle.js';
import { Accounts, Clock, Passwords } from '../domain/ports.js';
import { type SignedIn, SignIn } from './sign-in.js';

export interface Login {
  email: string;
  password: string;
  /** Network address of the caller. */
  address: string;
}

@Injectable()
export class LoginHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly signIn: SignIn,
    private readonly clock: Clock,
  ) {}

  /** @throws TooManyAttempts, InvalidCredentials */
  async execute({ email: typed, password, address }: Login): Promise<SignedIn> {
    const email = normaliseEmail(typed);
    const pauseMs = await this.attempts.begin(email, address, this.clock.now());
    if (pauseMs > 0) throw new TooManyAttempts(Math.ceil(pauseMs / 1000));
    const account = await this.accounts.byEmail(email);
    if (!(await this.passwords.matches(password, account?.passwordHash)) || !account)
      throw new InvalidCredentials('wrong e-mail or password');
    await this.attempts.succeed(email, address);
    return this.signIn.open(account);
  }
}
