import { Injectable } from '@nestjs/common';
import { accountRegisteredV1, accountReinstatedV1, accountSuspendedV1 } from '@medflow/contracts';
import { Outbox, type OutgoingEvent } from '@medflow/messaging';
import { type Account, AccountFacts } from '../../domain/account.js';

/** The registration was the first. */
const sequenceOf = ({ factsTold = 0 }: Account): number => 1 + factsTold;

export function registrationEventOf({ id, role, firstName, lastName, locale, createdAt }: Account): OutgoingEvent {
  const data = { accountId: id, role, firstName, lastName, locale };
  return { contract: accountRegisteredV1, subject: id, sequence: 1, time: createdAt, data };
}

/** Of an account of which more was told than its registration. */
export function standingEventOf(account: Account, time: Date): OutgoingEvent {
  const { id, role, suspension } = account;
  const contract = suspension ? accountSuspendedV1 : accountReinstatedV1;
  return { contract, subject: id, sequence: sequenceOf(account), time, data: { accountId: id, role } };
}

@Injectable()
export class Publications extends AccountFacts {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  registered(account: Account): Promise<void> {
    return this.outbox.append([registrationEventOf(account)]);
  }

  suspended(account: Account, time: Date): Promise<void> {
    return this.outbox.append([standingEventOf(account, time)]);
  }

  reinstated(account: Account, time: Date): Promise<void> {
    return this.outbox.append([standingEventOf(account, time)]);
  }
}
