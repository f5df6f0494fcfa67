import { Injectable } from '@nestjs/common';
import {
  type Account,
  Accounts,
  type Locale,
  normaliseEmail,
  type Registration,
  type Role,
} from '../domain/account.js';
import { EmailTaken, KeyReused, RegistrationRepeated } from '../domain/errors.js';
import { checkPassword, PasswordGuessing } from '../domain/password-policy.js';
import { Clock, Digests, Passwords, Randomness, UnitOfWork } from '../domain/ports.js';
import { AccountLetters } from './account-letters.js';
import { type SignedIn, SignIn } from './sign-in.js';

export interface Register {
  role: Exclude<Role, 'admin'>;
  email: string;
  password: string;
  firstName: string;
  lastName: string;
  /** Chosen by the person. */
  locale?: Locale;
  /** Where they chose none. */
  browserLocale: Locale;
  device: string;
  idempotencyKey?: string;
}

@Injectable()
export class RegisterHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly guessing: PasswordGuessing,
    private readonly digests: Digests,
    private readonly letters: AccountLetters,
    private readonly unit: UnitOfWork,
    private readonly signIn: SignIn,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
  ) {}

  /** @throws GuessablePassword, WeakPassword, EmailTaken, KeyReused */
  async execute(command: Register): Promise<SignedIn> {
    const email = normaliseEmail(command.email);
    checkPassword(command.password, { ...command, email }, this.guessing);
    const registration = this.registrationOf(command, email);
    const repeated = registration && (await this.repetition(registration, command));
    if (repeated) return repeated;
    // Spares an expensive hash; the unique index decides.
    if (await this.accounts.byEmail(email)) throw new EmailTaken('an account has this e-mail');
    const account = await this.accountOf(command, email);
    try {
      await this.unit.run(async () => {
        await this.accounts.add(account, registration);
        await this.letters.welcome(account);
      });
    } catch (error) {
      // The same sign-up, sent twice at once, may have made this account.
      const mayBeSame = registration && (error instanceof EmailTaken || error instanceof RegistrationRepeated);
      const same = mayBeSame && (await this.repetition(registration, command));
      if (same) return same;
      throw error;
    }
    return this.signIn.open(account, command.device);
  }

  private async accountOf(
    { role, firstName, lastName, locale, browserLocale, password }: Register,
    email: string,
  ): Promise<Account> {
    const createdAt = this.clock.now();
    return {
      id: this.randomness.id(),
      email,
      emailVerified: false,
      unprovenLetterAt: createdAt,
      role,
      firstName,
      lastName,
      locale: locale ?? browserLocale,
      passwordHash: await this.passwords.hash(password),
      createdAt,
    };
  }

  /** The body's digest leaves the password out: a fast hash of it must not exist. Argon2 compares it instead. */
  private registrationOf(command: Register, email: string): Registration | undefined {
    const { idempotencyKey, role, firstName, lastName, locale = null } = command;
    if (idempotencyKey === undefined) return undefined;
    const body = JSON.stringify([role, email, firstName, lastName, locale]);
    return { key: this.digests.keyed(idempotencyKey, 'registration'), body: this.digests.keyed(idempotencyKey, body) };
  }

  /** Signs in to what the first sign-up with this key made, if there was one. @throws KeyReused */
  private async repetition({ key, body }: Registration, { password, device }: Register): Promise<SignedIn | undefined> {
    const first = await this.accounts.registered(key);
    if (!first) return undefined;
    const account = first.body === body ? await this.accounts.byId(first.accountId) : undefined;
    if (!account || !(await this.passwords.matches(password, account.passwordHash))) {
      throw new KeyReused('another sign-up came with this key');
    }
    return this.signIn.open(account, device);
  }
}
