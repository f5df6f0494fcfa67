import { dictionary } from '@zxcvbn-ts/language-common';
import { CommonPasswords, MIN_PASSWORD_LENGTH } from '../../domain/password-policy.js';

/** Tried first by who guesses in French, and not in the list. */
const french = ['motdepasse', 'motdepasse1', 'motdepasse123', 'bonjour123', 'azerty12', 'azerty123', 'azertyuiop'];

/** The passwords of public breaches that zxcvbn ships, as far as they are long enough to pass otherwise. */
class KnownPasswords extends CommonPasswords {
  private readonly known = new Set(
    [...(dictionary['passwords-common'] as string[]), ...french].filter(({ length }) => length >= MIN_PASSWORD_LENGTH),
  );

  includes(password: string): boolean {
    return this.known.has(password);
  }
}

export const knownPasswords: CommonPasswords = new KnownPasswords();
