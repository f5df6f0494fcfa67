import { Injectable } from '@nestjs/common';
import type { Account } from '../domain/account.js';
import { type AccountQuery, AccountSearch } from '../domain/account-search.js';

/** For administrators. */
@Injectable()
export class FindAccountsHandler {
  constructor(private readonly accounts: AccountSearch) {}

  /** Newest first, up to `limit`. */
  execute(query: AccountQuery, limit: number): Promise<Account[]> {
    return this.accounts.find(query, limit);
  }
}
