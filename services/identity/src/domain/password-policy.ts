import { GuessablePassword } from './errors.js';

/** NIST SP 800-63B §5.1.1.2: length and a list of known passwords, no rules of composition. */
export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 256;

/** Tells passwords that attackers try first. */
export abstract class CommonPasswords {
  /** @param password in lower case */
  abstract includes(password: string): boolean;
}

export interface PasswordOwner {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '');

/** True for common passwords, and for the owner's names or address, or ours, with figures and signs around them. */
export function isGuessable(password: string, owner: PasswordOwner, common: CommonPasswords): boolean {
  const plain = password.normalize('NFKC').toLowerCase();
  if (common.includes(plain)) return true;
  const [email, first, last] = [owner.email, owner.firstName, owner.lastName].map((text) => text.toLowerCase()) as [
    string,
    string,
    string,
  ];
  const [local = ''] = email.split('@');
  const obvious = [email, local, first, last, first + last, last + first, 'medflow'];
  // Without letters there is nothing to compare: « 20261123 » is no name.
  const bare = letters(plain);
  return obvious.some((text) => text === plain || (bare !== '' && letters(text) === bare));
}

/** @throws GuessablePassword naming the `field` */
export function checkPassword(
  password: string,
  owner: PasswordOwner,
  common: CommonPasswords,
  field = 'password',
): void {
  if (isGuessable(password, owner, common)) throw new GuessablePassword(field);
}
