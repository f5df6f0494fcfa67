import { Injectable } from '@nestjs/common';
import { Accounts, normaliseEmail, type Role } from '../domain/account.js';
import { EmailTaken } from '../domain/errors.js';
import { checkPassword, PasswordGuessing } from '../domain/password-policy.js';
import { Clock, Passwords, Randomness } from '../domain/ports.js';

@Injectable()
export class EnsureAdministratorHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly guessing: PasswordGuessing,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes an administrator with this e-mail unless it has an account, which is left as it is.
   * @returns the role of the account that has the e-mail now
   * @throws GuessablePassword, WeakPassword for an account that is to be made
   */
  async execute(typed: string, password: string): Promise<Role> {
    const email = normaliseEmail(typed);
    const known = await this.accounts.byEmail(email);
    if (known) return known.role;
    const name = { firstName: 'MedFlow', lastName: 'Admin' };
    checkPassword(password, { email, ...name }, this.guessing);
    try {
      await this.accounts.add({
        id: this.randomness.id(),
        email,
        emailVerified: true,
        role: 'admin',
        ...name,
        locale: 'fr',
        passwordHash: await this.passwords.hash(password),
        createdAt: this.clock.now(),
      });
    } catch (error) {
      // Another replica, starting at the same time, was faster.
      if (!(error instanceof EmailTaken)) throw error;
    }
    return 'admin';
  }
}
