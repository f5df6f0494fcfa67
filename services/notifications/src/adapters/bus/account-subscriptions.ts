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

const accounts = { queue: 'notifications.accounts' };

/** What people are told of their account. */
@Controller()
export class AccountSubscriptions {
  constructor(private readonly letters: AccountLettersHandler) {}

  @Subscribe(letterWantedV1, accounts)
  async letterWanted({ letterId, accountId, purpose }: LetterWantedV1, _event: EventEnvelope<LetterWantedV1>) {
    await this.letters.execute({ id: letterId, accountId, kind: purpose });
  }

  @Subscribe(accountSuspendedV1, accounts)
  async suspended({ accountId }: AccountSuspendedV1, { id }: EventEnvelope<AccountSuspendedV1>) {
    await this.letters.execute({ id, accountId, kind: 'suspended' });
  }

  @Subscribe(accountReinstatedV1, accounts)
  async reinstated({ accountId }: AccountReinstatedV1, { id }: EventEnvelope<AccountReinstatedV1>) {
    await this.letters.execute({ id, accountId, kind: 'reinstated' });
  }
}
