import { Controller } from '@nestjs/common';
import {
  type AccountReinstatedV1,
  accountReinstatedV1,
  type AccountSuspendedV1,
  accountSuspendedV1,
  type LetterWantedV1,
  letterWantedV1,
} from '@medflow/contracts';
import { type EventEnvelope, Subscribe } from '@medflow/messaging';
import { AccountLettersHandler } from '../../application/account-letters.js';
import type { AccountLetter } from '../../domain/account-letter.js';
import { ToldAgain } from './told-again.js';

const accounts = { queue: 'notifications.accounts', dedupe: 'inbox' } as const;

/** What people are told of their account. */
@Controller()
export class AccountSubscriptions {
  constructor(
    private readonly letters: AccountLettersHandler,
    private readonly again: ToldAgain,
  ) {}

  @Subscribe(letterWantedV1, accounts)
  async letterWanted({ letterId, accountId, purpose }: LetterWantedV1, event: EventEnvelope<LetterWantedV1>) {
    await this.send({ id: letterId, accountId, kind: purpose }, event);
  }

  @Subscribe(accountSuspendedV1, accounts)
  async suspended({ accountId }: AccountSuspendedV1, event: EventEnvelope<AccountSuspendedV1>) {
    await this.send({ id: event.id, accountId, kind: 'suspended' }, event);
  }

  @Subscribe(accountReinstatedV1, accounts)
  async reinstated({ accountId }: AccountReinstatedV1, event: EventEnvelope<AccountReinstatedV1>) {
    await this.send({ id: event.id, accountId, kind: 'reinstated' }, event);
  }

  private async send(letter: AccountLetter, event: EventEnvelope): Promise<void> {
    if ((await this.again.of(event)) !== 'past') await this.letters.execute(letter);
  }
}
