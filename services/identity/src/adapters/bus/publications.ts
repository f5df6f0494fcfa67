import { Injectable } from '@nestjs/common';
import { accountRegisteredV1, accountReinstatedV1, accountSuspendedV1 } from '@medflow/contracts';
import { Outbox } from '@medflow/messaging';
import { type Account, AccountFacts } from '../../domain/account.js';

/** The registration was the first. */
const sequenceOf = ({ factsTold = 0 }: Account): number => 1 + factsTold;

@Injectable()
export class Publications extends AccountFacts {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  registered({ id, role, firstName, lastName, locale, createdAt }: Account): Promise<void> {
    const data = { accountId: id, role, firstName, lastName, locale };
    return this.outbox.append([{ contract: accountRegisteredV1, subject: id, sequence: 1, time: createdAt, data }]);
  }

  suspended(account: Account, time: Date): Promise<void> {
    return this.tell(accountSuspendedV1, account, time);
  }

  reinstated(account: Account, time: Date): Promise<void> {
    return this.tell(accountReinstatedV1, account, time);
  }

  private tell(
    contract: typeof accountSuspendedV1 | typeof accountReinstatedV1,
    account: Account,
    time: Date,
  ): Promise<void> {
    const { id, role } = account;
    const data = { accountId: id, role };
    return this.outbox.append([{ contract, subject: id, sequence: sequenceOf(account), time, data }]);
  }
}
