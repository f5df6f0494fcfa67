import { WeakPassword } from './errors.js';

/** NIST SP 800-63B §5.1.1.2: length and a list of known passwords, no rules of composition. */
export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 256;

/** Tells passwords that attackers try first. */
export abstract class CommonPasswords {
  abstract includes(password: string): boolean;
}

/** @throws WeakPassword when it is among the common ones or is the person's own name or address */
export function checkPassword(
  password: string,
  person: { email: string; firstName: string; lastName: string },
  common: CommonPasswords,
): void {
  const lower = password.toLowerCase();
  if (common.includes(lower)) throw new WeakPassword('common-password');
  const [local = ''] = person.email.split('@');
  const { firstName, lastName } = person;
  const personal = [
    person.email,
    local,
    firstName + lastName,
    `${firstName} ${lastName}`,
    lastName + firstName,
    firstName,
    lastName,
  ];
  if (personal.some((text) => text.toLowerCase() === lower)) throw new WeakPassword('password-is-personal');
}
