import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import { type Closing, type Conversation, type ConversationState, otherOf, sideOf } from '../domain/conversation.js';
import { ConcurrentChange, ConversationNotFound } from '../domain/conversation-errors.js';
import { Conversations, MessageLog } from '../domain/conversations.js';
import { Clock } from '../domain/ports.js';

const ATTEMPTS = 50;

/** Steps in a conversation: load, decide, save; decided again when another writer was faster. */
@Injectable()
export class ChangeConversationHandler {
  constructor(
    private readonly conversations: Conversations,
    private readonly log: MessageLog,
    private readonly clock: Clock,
  ) {}

  /** Read up to that message, or all of them. @throws ConversationNotFound */
  read(by: AccountSubject, id: string, upTo?: string): Promise<ConversationState> {
    return this.change(by, 'read', id, async (conversation, now) => {
      const { state } = conversation;
      const message = upTo === undefined ? undefined : await this.log.find(id, upTo);
      if (upTo !== undefined && !message) throw new ConversationNotFound('message');
      const number = message?.number ?? state.last;
      const unread = number >= state.last ? 0 : await this.log.countAfter(id, otherOf(state, by.id), number);
      conversation.read(sideOf(state, by.id), number, unread, now);
    });
  }

  /** All that is there has reached a device of theirs. @throws ConversationNotFound */
  delivered(by: AccountSubject, id: string): Promise<ConversationState> {
    return this.change(by, 'read', id, (conversation, now) => {
      conversation.deliver(sideOf(conversation.state, by.id), conversation.state.last, now);
    });
  }

  /** By its doctor. @throws ConversationNotFound */
  close(by: AccountSubject, id: string, closing: Closing): Promise<ConversationState> {
    return this.change(by, 'close', id, (conversation) => conversation.close(closing));
  }

  /** @throws ConversationNotFound, NotTheirs, and what the decision throws */
  async change(
    by: AccountSubject,
    action: string,
    id: string,
    decide: (conversation: Conversation, now: Date) => Promise<void> | void,
  ): Promise<ConversationState> {
    for (let attempt = 1; ; attempt += 1) {
      const conversation = await this.conversations.find(id);
      if (!conversation) throw new ConversationNotFound(id);
      access.expect(by, action, 'conversation', conversation.state);
      await decide(conversation, this.clock.now());
      if (conversation.state === conversation.saved) return conversation.state;
      try {
        await this.conversations.save(conversation);
      } catch (error) {
        if (error instanceof ConcurrentChange && attempt < ATTEMPTS) continue;
        throw error;
      }
      return conversation.state;
    }
  }
}
