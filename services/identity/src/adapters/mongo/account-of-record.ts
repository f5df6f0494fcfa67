import type { Account } from '../../domain/account.js';
import type { AccountRecord } from './schemas.js';

/** The account without what only the database needs. */
export function toAccount(record: AccountRecord): Account {
  const { _id: id, nameKeys: _, adminActs: _acts, ...account } = record;
  return { id, ...account };
}
