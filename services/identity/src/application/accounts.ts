import { Injectable } from '@nestjs/common';
import { type Account, normaliseEmail } from '../domain/account.js';
import { AccountNotFound, EmailTaken } from '../domain/errors.js';
import { Accounts, Clock, Passwords, Randomness } from '../domain/ports.js';

@Injectable()
export class AccountsHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
  ) {}

  /** @throws AccountNotFound */
  async read(id: string): Promise<Account> {
    const account = await this.accounts.byId(id);
    if (!account) throw new AccountNotFound(id);
    return account;
  }

  /** Makes sure of an administrator with this e-mail; one that exists keeps its password. */
  async ensureAdministrator(email: string, password: string): Promise<void> {
    const normalised = normaliseEmail(email);
    if (await this.accounts.byEmail(normalised)) return;
    try {
      await this.accounts.add({
        id: this.randomness.id(),
        email: normalised,
        emailVerified: true,
        role: 'admin',
        firstName: 'MedFlow',
        lastName: 'Admin',
        locale: 'fr',
        passwordHash: await this.passwords.hash(password),
        createdAt: this.clock.now(),
      });
    } catch (error) {
      // Another replica, starting at the same time, was faster.
      if (!(error instanceof EmailTaken)) throw error;
    }
  }
}
