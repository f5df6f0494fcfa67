export type Role = 'patient' | 'doctor' | 'admin';
export type Locale = 'fr' | 'en' | 'ar';

export interface Account {
  readonly id: string;
  /** Normalised: see {@link normaliseEmail}. */
  readonly email: string;
  readonly emailVerified: boolean;
  readonly role: Role;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: Locale;
  /** PHC string. */
  readonly passwordHash: string;
  readonly createdAt: Date;
}

/** Two spellings of one mailbox are one account: compared, stored and looked up in this form only. */
export const normaliseEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase();

/** The sign-up that made an account, so that its repetition can be told from another's. Digests only. */
export interface Registration {
  readonly key: string;
  readonly body: string;
}

/** Where the repository leaves what happened, inside its transaction. */
export abstract class AccountFacts {
  abstract registered(account: Account): Promise<void>;
}

export abstract class Accounts {
  /**
   * Saves a new account and its sign-up, and tells of it, all or nothing.
   * @throws EmailTaken, RegistrationRepeated (another sign-up came with this key, a moment ago perhaps)
   */
  abstract add(account: Account, registration?: Registration): Promise<void>;
  abstract byEmail(email: string): Promise<Account | undefined>;
  abstract byId(id: string): Promise<Account | undefined>;
  /** What a sign-up with this key made; forgotten after two days. */
  abstract registered(key: string): Promise<{ accountId: string; body: string } | undefined>;
  /** @returns false when another change of the password was faster than the one that saw `before` */
  abstract changePassword(id: string, before: string, after: string): Promise<boolean>;
  /** The same password, hashed anew; nothing happens when it was changed since `before`. */
  abstract rehash(id: string, before: string, after: string): Promise<void>;
}
