import { dictionary } from '@zxcvbn-ts/language-common';
import { CommonPasswords, MIN_PASSWORD_LENGTH } from '../../domain/password-policy.js';

/** The passwords of public breaches that zxcvbn ships, as far as they are long enough to pass otherwise. */
export class KnownPasswords extends CommonPasswords {
  private readonly known = new Set(
    [
      ...(dictionary['passwords-common'] as string[]),
      'medflow1',
      'medflow123',
      'motdepasse',
      'motdepasse1',
      'motdepasse123',
    ].filter((password) => password.length >= MIN_PASSWORD_LENGTH),
  );

  includes(password: string): boolean {
    return this.known.has(password);
  }
}
