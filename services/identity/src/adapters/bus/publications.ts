import { Injectable } from '@nestjs/common';
import { accountRegisteredV1 } from '@medflow/contracts';
import { Outbox } from '@medflow/messaging';
import { type Account, AccountFacts } from '../../domain/account.js';

@Injectable()
export class Publications extends AccountFacts {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  registered({ id, role, firstName, lastName, locale, createdAt }: Account): Promise<void> {
    const data = { accountId: id, role, firstName, lastName, locale };
    return this.outbox.append([{ contract: accountRegisteredV1, subject: id, sequence: 1, time: createdAt, data }]);
  }
}
