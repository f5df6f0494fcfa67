import { Controller } from '@nestjs/common';
import { type MessageSentV1, messageSentV1, type MessagesReadV1, messagesReadV1 } from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { NotifyMessagesHandler } from '../../application/notify-messages.js';
import { ToldAgain } from './told-again.js';

/** One at a time: what is read undoes what was sent a moment before. */
const messages = { queue: 'notifications.messages', dedupe: 'inbox', batch: 1 } as const;

@Controller()
export class MessageSubscriptions {
  constructor(
    private readonly notify: NotifyMessagesHandler,
    private readonly again: ToldAgain,
  ) {}

  /** Whoever is answered by itself has just written: that is no news to them. */
  @Subscribe(messageSentV1, messages)
  async sent(data: MessageSentV1, event: EventEnvelope<MessageSentV1>) {
    const { conversationId, authorId, authorRole, recipientId: accountId, sentAt, automatic } = data;
    if (automatic) return;
    const side = authorRole === 'doctor' ? 'patient' : 'doctor';
    const word = { number: event.sequence, authorId, side, at: new Date(sentAt) } as const;
    await this.notify.sent({ conversationId, accountId }, word, (await this.again.of(event)) === 'past');
  }

  @Subscribe(messagesReadV1, messages)
  async read(data: MessagesReadV1, _event: EventEnvelope<MessagesReadV1>) {
    const { conversationId, readerId: accountId, upTo } = data;
    await this.notify.read({ conversationId, accountId }, upTo);
  }
}
