import { Injectable } from '@nestjs/common';
import { type Account, Accounts } from '../domain/account.js';
import { InvalidCredentials } from '../domain/errors.js';
import { Passwords } from '../domain/ports.js';

/** Hashes of passwords as they were typed are replaced, one by one, when their owners sign in. */
@Injectable()
export class OldHashes {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
  ) {}

  /**
   * @param password that matches the account's hash
   * @returns the account as it is now @throws InvalidCredentials when the password was changed meanwhile
   */
  async renew(account: Account, password: string): Promise<Account> {
    const { id, passwordHash } = account;
    if (!(await this.passwords.isOutdated(password, passwordHash))) return account;
    const renewed = await this.passwords.hash(password);
    if (await this.accounts.rehash(id, passwordHash, renewed)) return { ...account, passwordHash: renewed };
    // Another sign-in was faster, or another password.
    const now = await this.accounts.byId(id);
    if (!now || !(await this.passwords.matches(password, now.passwordHash)))
      throw new InvalidCredentials('changed a moment ago');
    return now;
  }
}
