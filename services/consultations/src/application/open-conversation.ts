import type { AccountSubject } from '@medflow/access';
import { Injectable } from '@nestjs/common';
import { access } from '../access.js';
import { Conversation, type ConversationState, obstacleTo, type Side } from '../domain/conversation.js';
import { CareEnded, ConversationNotFound } from '../domain/conversation-errors.js';
import { Conversations } from '../domain/conversations.js';
import { Clock, Ids } from '../domain/ports.js';
import { ConversationCircumstances, type Pair } from './conversation-circumstances.js';

/** Either of the two begins, once there is a care relationship between them. */
@Injectable()
export class OpenConversationHandler {
  constructor(
    private readonly conversations: Conversations,
    private readonly circumstances: ConversationCircumstances,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws ConversationNotFound where there is no care, NotPractising, DoctorUnavailable */
  async execute(by: AccountSubject, between: Pair): Promise<{ state: ConversationState; isNew: boolean }> {
    access.expect(by, 'open', 'conversation', between);
    const now = this.clock.now();
    const opened = Conversation.open(this.ids.next(), between, now);
    const obstacle = obstacleTo(opened.state, by.role as Side, await this.circumstances.of(between, now));
    if (obstacle instanceof CareEnded) throw new ConversationNotFound('no care between the two');
    if (obstacle) throw obstacle;
    return this.conversations.open(opened);
  }
}
