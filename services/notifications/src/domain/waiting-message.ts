import type { Notification, Side } from './notification.js';

/** Whoever is at the page reads within that time: they need no letter. */
export const LETTER_AFTER_MS = 5 * 60_000;

/** How far one reader of a conversation is. */
export interface WaitingMessage {
  readonly conversationId: string;
  readonly accountId: string;
  /** Number of the last message that was sent to them; 0: none. */
  readonly sent: number;
  /** … and of the last that they have read. */
  readonly read: number;
  /** The notification that waits for them: there is one at a time, however many messages come. */
  readonly notificationId?: string;
}

export interface SentWord {
  readonly number: number;
  readonly authorId: string;
  /** On which side its reader is. */
  readonly side: Side;
  readonly at: Date;
}

/** A message was sent. @returns how far its reader is now, and what they are told, if anything */
export function sentTo(
  before: WaitingMessage,
  { number, authorId, side, at }: SentWord,
): { waiting: WaitingMessage; notification?: Notification } {
  const sent = Math.max(before.sent, number);
  const waiting = { ...before, sent };
  // Read before it was heard of, or told of already.
  if (number <= before.read || before.notificationId !== undefined) return { waiting };
  const { conversationId, accountId } = before;
  const id = `${conversationId}.${number}.${side.charAt(0)}`;
  const nothing = { startsAt: null, byReader: false, reason: null, readAt: null };
  const notification = { id, accountId, kind: 'message-received', side, otherId: authorId, conversationId } as const;
  return {
    waiting: { ...waiting, notificationId: id },
    notification: { ...notification, ...nothing, createdAt: at },
  };
}

/** They have read up to that message. @returns … and which notification is done with, if any */
export function readUpTo(before: WaitingMessage, number: number): { waiting: WaitingMessage; done?: string } {
  const read = Math.max(before.read, number);
  const { notificationId, ...position } = before;
  if (notificationId === undefined || read < before.sent) return { waiting: { ...before, read } };
  return { waiting: { ...position, read }, done: notificationId };
}
