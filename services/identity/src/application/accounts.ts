import { Injectable } from '@nestjs/common';
import { type Account, Accounts } from '../domain/account.js';
import { AccountNotFound } from '../domain/errors.js';

@Injectable()
export class AccountsHandler {
  constructor(private readonly accounts: Accounts) {}

  /** @throws AccountNotFound */
  async read(id: string): Promise<Account> {
    const account = await this.accounts.byId(id);
    if (!account) throw new AccountNotFound(id);
    return account;
  }
}
