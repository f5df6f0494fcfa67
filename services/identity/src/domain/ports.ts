import type { Account } from './account.js';

export abstract class Clock {
  abstract now(): Date;
}

/** Identifiers and secrets. */
export abstract class Randomness {
  /** Unique and time-ordered. */
  abstract id(): string;
  /** 256 bits, base64url. */
  abstract secret(): string;
}

export abstract class Accounts {
  /** Saves a new account and tells of it. @throws EmailTaken */
  abstract add(account: Account): Promise<void>;
  abstract byEmail(email: string): Promise<Account | undefined>;
  abstract byId(id: string): Promise<Account | undefined>;
  /** The account that a sign-up with this key digest made. */
  abstract byRegistrationKey(key: string): Promise<Account | undefined>;
}

/** Where the repository leaves what happened, inside its transaction. */
export abstract class AccountFacts {
  abstract registered(account: Account): Promise<void>;
}

/** Argon2id. */
export abstract class Passwords {
  abstract hash(password: string): Promise<string>;
  /** Takes as long without a hash as with one: an unknown e-mail must not answer faster. */
  abstract matches(password: string, hash: string | undefined): Promise<boolean>;
}

/** One sign-in on one device; its refresh token changes at every use. */
export interface Session {
  readonly id: string;
  readonly accountId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export abstract class Sessions {
  abstract open(session: Session, secret: string): Promise<void>;
  /**
   * Replaces the secret if `presented` is the current one. Any other secret for a living session is an old one in the
   * wrong hands (or the owner's after a theft): the session is revoked.
   * @returns the session, or undefined when there is none or it has just been revoked
   */
  abstract rotate(
    id: string,
    presented: string,
    next: string,
    expiresAt: Date,
    now: Date,
  ): Promise<Session | undefined>;
  /** Ends the session if the secret is its current one. */
  abstract close(id: string, presented: string): Promise<void>;
}

export abstract class AccessTokenSigner {
  /** A JWT valid for {@link ACCESS_TOKEN_SECONDS}. */
  abstract sign(account: Account, sessionId: string, now: Date): Promise<string>;
  /** Public keys that verify tokens still valid (RFC 7517). */
  abstract publicKeys(): Promise<object[]>;
}

export const ACCESS_TOKEN_SECONDS = 600;
export const REFRESH_TOKEN_DAYS = 30;
