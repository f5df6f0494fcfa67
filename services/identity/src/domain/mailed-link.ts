/** What whoever opens the link may do. */
export type LinkPurpose = 'verification' | 'recovery';

/** Seconds that a link is good for, from when its letter was last written. */
export const LINK_SECONDS: Readonly<Record<LinkPurpose, number>> = { verification: 86_400, recovery: 3_600 };

/** How long a letter may wait to be written: notifications gives up after a day. */
export const UNWRITTEN_SECONDS = 90_000;

/**
 * A link that is mailed to the address of an account and proves that its reader reads that address. There is one for
 * each purpose; another one takes its place. The secret is made when the letter is written, so that it is neither on the
 * bus nor in a queue.
 */
export interface MailedLink {
  /** Of the letter that brings it. */
  readonly letterId: string;
  readonly accountId: string;
  readonly purpose: LinkPurpose;
  /** The address that it proves. */
  readonly email: string;
}

/** What the reader presents: the first part finds the link, the second proves the right to it. */
export interface LinkToken {
  readonly accountId: string;
  readonly secret: string;
}

export const writeLinkToken = ({ accountId, secret }: LinkToken): string => `${accountId}.${secret}`;

/** Undefined for anything that {@link writeLinkToken} did not make. */
export function readLinkToken(text: string): LinkToken | undefined {
  const [, accountId, secret] = /^([\w-]{1,64})\.([\w-]{43})$/.exec(text) ?? [];
  return accountId && secret ? { accountId, secret } : undefined;
}

export abstract class MailedLinks {
  /** In place of an earlier one of this purpose, and has its letter written. Part of the caller's unit of work. */
  abstract replace(link: MailedLink, now: Date): Promise<void>;
  /**
   * Makes the secret good for the link that this letter brings. A letter may be written again, and was perhaps sent
   * before: the last five secrets of one letter are good.
   * @returns the address to write to, or undefined when another letter took its place or its link was used
   */
  abstract addSecret(link: Omit<MailedLink, 'email'>, secret: string, now: Date): Promise<string | undefined>;
  /** @returns undefined when it is used, replaced, expired or made up */
  abstract find(purpose: LinkPurpose, token: LinkToken, now: Date): Promise<MailedLink | undefined>;
  /** Uses it up, as part of the caller's unit of work. @returns as {@link find} */
  abstract use(purpose: LinkPurpose, token: LinkToken, now: Date): Promise<MailedLink | undefined>;
  /** Part of the caller's unit of work. */
  abstract revoke(purpose: LinkPurpose, accountId: string): Promise<void>;
}

/** Letters about an account itself. */
export interface LetterWanted {
  readonly letterId: string;
  readonly accountId: string;
  readonly purpose: LinkPurpose | 'credentials-changed';
}

/** Part of the caller's unit of work. */
export abstract class LetterFacts {
  abstract wanted(letter: LetterWanted, now: Date): Promise<void>;
}
