import type { AccountLetter } from './account-letter.js';
import type { Notification } from './notification.js';
import type { Pace } from './pace.js';
import type { Locale } from './locale.js';
import type { WaitingMessage } from './waiting-message.js';

export abstract class Clock {
  abstract now(): Date;
}

export class NotFound extends Error {
  readonly code = 'not-found';
  readonly kind = 'not-found';
}

export abstract class Notifications {
  /** Within the transaction of the event. @throws Error when one of them is there already: nothing is saved twice */
  abstract add(notifications: Notification[]): Promise<void>;
  /** Those whose reader has heard nothing of the kind about that appointment. */
  abstract unheard(notifications: Notification[]): Promise<Notification[]>;
  /** In the ambient transaction. */
  abstract has(id: string): Promise<boolean>;
  /** Newest first; up to `limit` + 1. */
  abstract list(accountId: string, limit: number, after?: { createdAt: Date; id: string }): Promise<Notification[]>;
  abstract unread(accountId: string): Promise<number>;
  /** @throws NotFound also when it is somebody else's */
  abstract markRead(accountId: string, id: string, now: Date): Promise<Notification>;
  /** In the ambient transaction: its reader knows what it tells. */
  abstract settle(id: string, now: Date): Promise<void>;
  abstract markAllRead(accountId: string, now: Date): Promise<void>;
}

/** How far each reader of each conversation is, as consultations tells it. */
export abstract class WaitingMessages {
  /** In the ambient transaction. */
  abstract of(conversationId: string, accountId: string): Promise<WaitingMessage>;
  abstract keep(waiting: WaitingMessage): Promise<void>;
}

/** Tells browsers that are connected now. */
export abstract class LiveNews {
  /** Once the transaction that made them has committed. */
  abstract created(notifications: readonly Notification[]): Promise<void>;
}

/** A letter that is to be sent, however long it takes: of a notification, or about the account itself. */
export type Letter = LetterTurn & ({ readonly notification: Notification } | { readonly account: AccountLetter });

export interface LetterTurn {
  readonly id: string;
  /** This one included. */
  readonly attempts: number;
  readonly queuedAt: Date;
  /** Whose turn it is: somebody else's turn makes what is done under this one void. */
  readonly claim: string;
  /** It was due before, and waited for the pace at which its account is written to. */
  readonly heldBack?: boolean;
  /** The mail that it goes in together with others, once that is decided. */
  readonly bundle?: string;
}

export interface ClaimedLetters {
  readonly letters: readonly Letter[];
  /**
   * When the next one is due, claimed ones included: whoever claimed them may be gone. Besides letters it says only whether
   * more of them are due now.
   */
  readonly next: Date | undefined;
}

export abstract class MailQueue {
  /** Within the transaction that made the notifications. */
  abstract enqueue(notifications: Notification[], now: Date, notBefore?: Date): Promise<void>;
  /** In the ambient transaction: of a notification that its reader needs no letter about any more. */
  abstract withdraw(notificationId: string): Promise<void>;
  /** Within the transaction of the event that wants it. */
  abstract enqueueAccountLetter(letter: AccountLetter, now: Date): Promise<void>;
  /**
   * Claims due letters until `until`, so that no other replica sends them meanwhile; of a bundle that was begun, all that are
   * due, also beyond the limit.
   */
  abstract claim(now: Date, until: Date, limit: number): Promise<ClaimedLetters>;
  abstract sent(ids: readonly string[]): Promise<void>;
  /** All of one turn. */
  abstract postpone(letters: readonly Letter[], until: Date): Promise<void>;
  /** Hands back what was not tried: due at once, for anybody. */
  abstract release(letters: readonly Letter[], now: Date): Promise<void>;
  /** Hands back what is not to be sent before `until`, untried. */
  abstract holdBack(letters: readonly Letter[], until: Date): Promise<void>;
  /** They go in one mail from now on. */
  abstract bundle(letters: readonly Letter[], id: string): Promise<void>;
  /** Keeps the letter, never to be tried again. */
  abstract giveUp(letter: Letter, failure: string): Promise<void>;
}

export interface PaceChange {
  readonly accountId: string;
  /** As it was read; undefined: there was none. */
  readonly before: Pace | undefined;
  readonly after: Pace;
}

/** How news has gone to each account lately, over all replicas. */
export abstract class Paces {
  abstract of(accountIds: readonly string[]): Promise<ReadonlyMap<string, Pace>>;
  /** Keeps each that is still as it was. @returns the accounts with which somebody else was faster */
  abstract keep(changes: readonly PaceChange[]): Promise<ReadonlySet<string>>;
}

export interface Contact {
  readonly email: string;
  /** Somebody has proven that they read it. */
  readonly emailVerified: boolean;
  readonly locale: Locale;
  readonly firstName: string;
  readonly lastName: string;
}

export abstract class Contacts {
  /** Undefined when the account is gone. @throws Error when identity cannot be asked now */
  abstract of(accountId: string): Promise<Contact | undefined>;
  /**
   * Has a link made for this one letter.
   * @returns undefined when the account is gone, or the link was used or another one took its place
   * @throws Error when identity cannot be asked now
   */
  abstract linkFor(letter: AccountLetter): Promise<LinkedContact | undefined>;
}

/** Whom to write to, and what the link in the letter carries. */
export interface LinkedContact extends Contact {
  readonly token: string;
}

/** Whether letters go only where the reader has proven to read them: the operator's choice. */
export abstract class AddressRule {
  abstract readonly provenOnly: boolean;
}

/** A file that goes with a letter. */
export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

export abstract class Receipts {
  /** Undefined when there is none. @throws Error when billing cannot be asked now */
  abstract of(paymentId: string): Promise<Attachment | undefined>;
}

export interface Mail {
  /** Stable, so that a letter sent twice is one in the reader's mailbox. */
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments?: readonly Attachment[];
}

export abstract class Mailer {
  /** @throws Error when it could not be handed over */
  abstract send(mail: Mail): Promise<void>;
}
