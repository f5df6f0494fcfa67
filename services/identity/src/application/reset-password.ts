import { Injectable } from '@nestjs/common';
import { Accounts } from '../domain/account.js';
import { InvalidLink } from '../domain/errors.js';
import { MailedLinks, readLinkToken } from '../domain/mailed-link.js';
import { checkPassword, PasswordGuessing } from '../domain/password-policy.js';
import { Clock, Passwords, UnitOfWork } from '../domain/ports.js';
import { AccountLetters } from './account-letters.js';
import { LoginThrottle } from './login-throttle.js';
import { SessionEnds } from './session-ends.js';

export interface ResetPassword {
  token: string;
  password: string;
}

@Injectable()
export class ResetPasswordHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly links: MailedLinks,
    private readonly passwords: Passwords,
    private readonly guessing: PasswordGuessing,
    private readonly sessionEnds: SessionEnds,
    private readonly letters: AccountLetters,
    private readonly throttle: LoginThrottle,
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets another password for who reads the account's address, which is proven thereby; every session ends.
   * @returns the account's id
   * @throws InvalidLink, GuessablePassword, WeakPassword
   */
  async execute({ token: text, password }: ResetPassword): Promise<string> {
    const token = readLinkToken(text);
    // Looked at first: a password that is refused must not use the link up.
    const link = token && (await this.links.find('recovery', token, this.clock.now()));
    const account = link && (await this.accounts.byId(link.accountId));
    if (!token || !account) throw new InvalidLink('used, replaced or expired');
    checkPassword(password, account, this.guessing);
    const hash = await this.passwords.hash(password);
    await this.unit.run(async () => {
      const used = await this.links.use('recovery', token, this.clock.now());
      if (!used || !(await this.accounts.proveEmail(account.id, used.email)))
        throw new InvalidLink('used a moment ago');
      await this.accounts.resetPassword(account.id, hash);
      await this.sessionEnds.ofAccount(account.id);
      await this.letters.credentialsChanged(account);
    });
    await this.throttle.open(account.email);
    return account.id;
  }
}
