import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Account, type Locale, normaliseEmail, type Role } from '../domain/account.js';
import { EmailTaken, KeyReused } from '../domain/errors.js';
import { checkPassword, CommonPasswords } from '../domain/password-policy.js';
import { Accounts, Clock, Passwords, Randomness } from '../domain/ports.js';
import { type SignedIn, SignIn } from './sign-in.js';

export interface Register {
  role: Exclude<Role, 'admin'>;
  email: string;
  password: string;
  firstName: string;
  lastName: string;
  locale: Locale;
  idempotencyKey?: string;
}

const digest = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

@Injectable()
export class RegisterHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly common: CommonPasswords,
    private readonly signIn: SignIn,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
  ) {}

  /** @throws WeakPassword, EmailTaken, KeyReused (the idempotency key came with another body) */
  async execute(command: Register): Promise<SignedIn> {
    const email = normaliseEmail(command.email);
    checkPassword(command.password, { ...command, email }, this.common);
    const registration = this.registrationOf(command, email);
    const before = registration && (await this.accounts.byRegistrationKey(registration.key));
    if (before) return this.again(before, command, registration);
    const { role, firstName, lastName, locale } = command;
    const account: Account = {
      id: this.randomness.id(),
      email,
      emailVerified: false,
      role,
      firstName,
      lastName,
      locale,
      passwordHash: await this.passwords.hash(command.password),
      createdAt: this.clock.now(),
      ...(registration && { registration }),
    };
    try {
      await this.accounts.add(account);
    } catch (error) {
      // The same sign-up, sent twice at once, has made this account.
      const same =
        error instanceof EmailTaken && registration && (await this.accounts.byRegistrationKey(registration.key));
      if (same) return this.again(same, command, registration);
      throw error;
    }
    return this.signIn.open(account);
  }

  /** The body's digest leaves the password out: a fast hash of it must not exist. Argon2 compares it instead. */
  private registrationOf(
    { idempotencyKey, role, firstName, lastName }: Register,
    email: string,
  ): Account['registration'] {
    if (idempotencyKey === undefined) return undefined;
    return { key: digest(idempotencyKey), body: digest(role, email, firstName, lastName) };
  }

  private async again(account: Account, { password }: Register, registration: { body: string }): Promise<SignedIn> {
    const same =
      account.registration?.body === registration.body &&
      (await this.passwords.matches(password, account.passwordHash));
    if (!same) throw new KeyReused('another sign-up came with this key');
    return this.signIn.open(account);
  }
}
