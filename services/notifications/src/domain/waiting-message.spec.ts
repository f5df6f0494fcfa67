import { describe, expect, it } from '@jest/globals';
import { readUpTo, sentTo, type WaitingMessage } from './waiting-message.js';

const nobody: WaitingMessage = { conversationId: 'c', accountId: 'karim', sent: 0, read: 0 };
const at = new Date('2026-11-30T08:00:00Z');
const sent = (before: WaitingMessage, number: number) =>
  sentTo(before, { number, authorId: 'amina', side: 'doctor', at });

describe('messages that wait', () => {
  it('are told of once, however many come', () => {
    const first = sent(nobody, 1);
    expect(first.notification).toEqual({
      id: 'c.1.d',
      accountId: 'karim',
      kind: 'message-received',
      side: 'doctor',
      otherId: 'amina',
      conversationId: 'c',
      startsAt: null,
      byReader: false,
      reason: null,
      createdAt: at,
      readAt: null,
    });
    const second = sent(first.waiting, 2);
    expect([second.notification, second.waiting.sent]).toEqual([undefined, 2]);
  });

  it('are done with once all of them are read, and the next one is told of again', () => {
    const { waiting } = sent(sent(nobody, 1).waiting, 2);
    expect(readUpTo(waiting, 1).done).toBeUndefined();
    const read = readUpTo(waiting, 2);
    expect(read.done).toBe('c.1.d');
    expect(sent(read.waiting, 3).notification?.id).toBe('c.3.d');
  });

  it('are not told of when they were read before they were heard of, nor when they are told again', () => {
    const { waiting } = readUpTo(nobody, 2);
    expect(sent(waiting, 1).notification).toBeUndefined();
    expect(sent(waiting, 2).notification).toBeUndefined();
    expect(sent(waiting, 3).notification?.id).toBe('c.3.d');
  });

  it('are as far as the furthest word says, whichever comes first', () => {
    const { waiting } = sent(sent(nobody, 3).waiting, 2);
    expect(waiting.sent).toBe(3);
    expect(readUpTo(readUpTo(waiting, 3).waiting, 1).waiting.read).toBe(3);
  });
});
