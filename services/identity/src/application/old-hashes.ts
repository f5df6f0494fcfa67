import { Injectable } from '@nestjs/common';
import { type Account, Accounts } from '../domain/account.js';
import { Passwords } from '../domain/ports.js';

/** Hashes of passwords as they were typed are replaced, one by one, when their owners sign in. */
@Injectable()
export class OldHashes {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
  ) {}

  /** @param password that matches the account's hash */
  async renew({ id, passwordHash }: Account, password: string): Promise<void> {
    if (!(await this.passwords.isOutdated(password, passwordHash))) return;
    // Was the password changed meanwhile, then the change stands.
    await this.accounts.rehash(id, passwordHash, await this.passwords.hash(password));
  }
}
