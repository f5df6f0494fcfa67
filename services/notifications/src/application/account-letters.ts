import { Injectable } from '@nestjs/common';
import type { AccountLetter } from '../domain/account-letter.js';
import { Clock, MailQueue } from '../domain/ports.js';

@Injectable()
export class AccountLettersHandler {
  constructor(
    private readonly mails: MailQueue,
    private readonly clock: Clock,
  ) {}

  /** Has it sent, as part of the event's transaction. */
  execute(letter: AccountLetter): Promise<void> {
    return this.mails.enqueueAccountLetter(letter, this.clock.now());
  }
}
