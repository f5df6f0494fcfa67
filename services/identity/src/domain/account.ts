export type Role = 'patient' | 'doctor' | 'admin';
export type Locale = 'fr' | 'en' | 'ar';

/** An administrator's bar: nobody signs in to the account until it is lifted. */
export interface Suspension {
  readonly at: Date;
  /** The administrator's account. */
  readonly by: string;
  /** Told to the person who proves the password, and to administrators. */
  readonly reason: string;
}

export interface Account {
  readonly id: string;
  /** Normalised: see {@link normaliseEmail}. */
  readonly email: string;
  readonly emailVerified: boolean;
  /** When the last letter went to the address while nobody had proven it. */
  readonly unprovenLetterAt?: Date;
  readonly role: Role;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: Locale;
  /** PHC string. */
  readonly passwordHash: string;
  readonly createdAt: Date;
  readonly suspension?: Suspension;
  /** How many facts were told of it since its registration. */
  readonly factsTold?: number;
}

/** Two spellings of one mailbox are one account: compared, stored and looked up in this form only. */
export const normaliseEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase();

/** An address that nobody has proven may be a stranger's: it gets one letter in this time, whatever it is for. */
export const UNPROVEN_LETTER_SECONDS = 3_600;

/** When a letter may go to the address of the account; undefined: at once. */
export function nextLetterAt({
  emailVerified,
  unprovenLetterAt,
}: Pick<Account, 'emailVerified' | 'unprovenLetterAt'>): Date | undefined {
  if (emailVerified || !unprovenLetterAt) return undefined;
  return new Date(unprovenLetterAt.getTime() + UNPROVEN_LETTER_SECONDS * 1000);
}

/** The sign-up that made an account, so that its repetition can be told from another's. Digests only. */
export interface Registration {
  readonly key: string;
  readonly body: string;
}

/** Where the repository leaves what happened, inside its transaction. */
export abstract class AccountFacts {
  abstract registered(account: Account): Promise<void>;
  abstract suspended(account: Account, now: Date): Promise<void>;
  abstract reinstated(account: Account, now: Date): Promise<void>;
}

/** All of it takes part in the caller's unit of work, where there is one. */
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
  /** The same password, hashed anew. @returns false when the hash is not `before` any more */
  abstract rehash(id: string, before: string, after: string): Promise<boolean>;
  /** Whatever the password was. */
  abstract resetPassword(id: string, hash: string): Promise<void>;
  /** Keeps the one letter that may go to an unproven address for {@link UNPROVEN_LETTER_SECONDS}. @returns false when it is gone */
  abstract takeUnprovenLetter(id: string, now: Date): Promise<boolean>;
  /** @returns the account, or undefined when it is gone or has another address now */
  abstract proveEmail(id: string, email: string): Promise<Account | undefined>;
  /** Tells of it. @returns undefined when the account was suspended before */
  abstract suspend(id: string, suspension: Suspension): Promise<Account | undefined>;
  /** Tells of it. @returns undefined when the account was not suspended */
  abstract reinstate(id: string, now: Date): Promise<Account | undefined>;
  /** Of two administrators who bar each other at the same moment, one is too late. @returns false when it may not act */
  abstract actAsAdministrator(id: string): Promise<boolean>;
}
