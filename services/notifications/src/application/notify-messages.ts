import { Injectable } from '@nestjs/common';
import { Clock, LiveNews, MailQueue, Notifications, WaitingMessages } from '../domain/ports.js';
import { LETTER_AFTER_MS, readUpTo, sentTo, type SentWord } from '../domain/waiting-message.js';

interface Reader {
  readonly conversationId: string;
  readonly accountId: string;
}

/** Says that a message waits, and nothing of it: once per conversation until it is read, by letter if that takes long. */
@Injectable()
export class NotifyMessagesHandler {
  constructor(
    private readonly waiting: WaitingMessages,
    private readonly notifications: Notifications,
    private readonly mails: MailQueue,
    private readonly live: LiveNews,
    private readonly clock: Clock,
  ) {}

  /** @param isPast others have told of it long ago: it is no news */
  async sent({ conversationId, accountId }: Reader, word: SentWord, isPast: boolean): Promise<void> {
    const before = await this.waiting.of(conversationId, accountId);
    if (isPast) return this.waiting.keep(readUpTo(before, word.number).waiting);
    const { waiting, notification } = sentTo(before, word);
    await this.waiting.keep(waiting);
    if (!notification) return;
    await this.notifications.add([notification]);
    const notBefore = new Date(word.at.getTime() + LETTER_AFTER_MS);
    await this.mails.enqueue([notification], this.clock.now(), notBefore);
    await this.live.created([notification]);
  }

  async read({ conversationId, accountId }: Reader, upTo: number): Promise<void> {
    const { waiting, done } = readUpTo(await this.waiting.of(conversationId, accountId), upTo);
    await this.waiting.keep(waiting);
    if (done === undefined) return;
    await this.mails.withdraw(done);
    await this.notifications.settle(done, this.clock.now());
  }
}
