import type { Account } from './account.js';
import type { EndedSession } from './ended-session.js';
import type { RefreshSecrets } from './refresh-secrets.js';

export const REFRESH_TOKEN_DAYS = 30;

/** One sign-in on one device: the family of its refresh tokens. */
export interface Session {
  readonly id: string;
  readonly accountId: string;
  /** What the browser says it is. */
  readonly device: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly secrets: RefreshSecrets;
}

/** The first part finds the session, the second proves the right to it. */
export interface RefreshToken {
  readonly id: string;
  readonly secret: string;
}

export const writeRefreshToken = ({ id, secret }: RefreshToken): string => `${id}.${secret}`;

/** Undefined for anything that {@link writeRefreshToken} did not make. */
export function readRefreshToken(text: string | undefined): RefreshToken | undefined {
  const [, id, secret] = /^([\w-]{1,64})\.([\w-]{43})$/.exec(text ?? '') ?? [];
  return id && secret ? { id, secret } : undefined;
}

/** When a session that is used now ends, unless it is used again. */
export const sessionEnd = (now: Date): Date => new Date(now.getTime() + REFRESH_TOKEN_DAYS * 86_400_000);

export abstract class Sessions {
  abstract open(session: Session): Promise<void>;
  /** The session while it lives. */
  abstract byId(id: string, now: Date): Promise<Session | undefined>;
  /**
   * Saves the session as it is after a refresh, if its secrets are still those that were read `before`.
   * @returns false when they are not, or the session is over
   */
  abstract refresh(before: Session, after: Session): Promise<boolean>;
  /** Most recently used first. */
  abstract ofAccount(accountId: string, now: Date): Promise<Session[]>;
  /** Ends the session whichever of its tokens is presented. Like all that follow, it is told of and remembered as ended. */
  abstract close(id: string, now: Date): Promise<void>;
  /** @returns false when the account has no such session */
  abstract closeOf(accountId: string, id: string, now: Date): Promise<boolean>;
  abstract closeOthers(accountId: string, keptId: string, now: Date): Promise<void>;
  abstract closeAll(accountId: string, now: Date): Promise<void>;
  /** Sessions that ended at `since` or later, and may have access tokens that are valid `now`. */
  abstract ended(since: Date, now: Date): Promise<EndedSession[]>;
}

export abstract class AccessTokenSigner {
  /** A JWT valid for ten minutes (`ACCESS_TOKEN_SECONDS`). */
  abstract sign(account: Account, sessionId: string, now: Date): Promise<string>;
  /** Public keys that verify the tokens that are still valid (RFC 7517). */
  abstract publicKeys(now: Date): Promise<object[]>;
  /**
   * Signs with a new key from now on; within a minute every replica does.
   * @returns the new key's id @throws RotatedRecently
   */
  abstract rotate(now: Date): Promise<string>;
}
