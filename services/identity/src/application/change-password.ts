import { Injectable } from '@nestjs/common';
import { Accounts } from '../domain/account.js';
import { AccountNotFound, PasswordChangedMeanwhile, WrongPassword } from '../domain/errors.js';
import { checkPassword, PasswordGuessing } from '../domain/password-policy.js';
import { Passwords, UnitOfWork } from '../domain/ports.js';
import { AccountLetters } from './account-letters.js';
import { LoginThrottle } from './login-throttle.js';
import { SessionEnds } from './session-ends.js';

export interface ChangePassword {
  accountId: string;
  /** The one session that stays. */
  sessionId: string;
  address: string;
  currentPassword: string;
  newPassword: string;
}

@Injectable()
export class ChangePasswordHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly guessing: PasswordGuessing,
    private readonly sessionEnds: SessionEnds,
    private readonly letters: AccountLetters,
    private readonly throttle: LoginThrottle,
    private readonly unit: UnitOfWork,
  ) {}

  /** Ends every other session and writes to the owner. @throws AccountNotFound, GuessablePassword, WeakPassword, TooManyAttempts, WrongPassword, PasswordChangedMeanwhile */
  async execute({ accountId, sessionId, address, currentPassword, newPassword }: ChangePassword): Promise<void> {
    const account = await this.accounts.byId(accountId);
    if (!account) throw new AccountNotFound(accountId);
    // A stolen access token must not become a way to guess the password.
    const admitted = await this.throttle.admit({ email: account.email, address, trusted: true });
    if (!(await this.passwords.matches(currentPassword, account.passwordHash)))
      throw new WrongPassword('currentPassword');
    await this.throttle.succeed(admitted);
    // After the proof: an estimate is work that nobody should ask for on others' behalf.
    checkPassword(newPassword, account, this.guessing, 'newPassword');
    const hash = await this.passwords.hash(newPassword);
    await this.unit.run(async () => {
      const changed = await this.accounts.changePassword(accountId, account.passwordHash, hash);
      if (!changed) throw new PasswordChangedMeanwhile('the password has just been changed');
      await this.sessionEnds.othersOf(accountId, sessionId);
      await this.letters.credentialsChanged(account);
    });
  }
}
