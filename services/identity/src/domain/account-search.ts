import type { Account, Role } from './account.js';

export interface AccountQuery {
  /** A whole e-mail address, an account's id, or how a word of a name begins. */
  readonly text?: string;
  readonly role?: Role;
  /** Id of the last account of the page before. */
  readonly after?: string;
}

export abstract class AccountSearch {
  /** Newest first, up to `limit`. */
  abstract find(query: AccountQuery, limit: number): Promise<Account[]>;
}

/** Accents, case and vowel signs do not tell names apart when one looks for them. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const MAX_KEYS = 12;

/** What a search for the beginning of a name compares: the whole name from each of its words on, either name first. */
export function nameKeys({ firstName, lastName }: Pick<Account, 'firstName' | 'lastName'>): string[] {
  const words = plain(`${firstName} ${lastName}`).split(' ');
  const fromEach = words.map((_, at) => words.slice(at).join(' '));
  return [...new Set([...fromEach, plain(`${lastName} ${firstName}`)])].slice(0, MAX_KEYS);
}

/** What the typed beginning of a name is among those keys. */
export const nameKeyOf = (typed: string): string => plain(typed);
