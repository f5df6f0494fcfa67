import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Holding, holding, Holdings } from '@medflow/messaging';
import type { Model } from 'mongoose';
import { UNWRITTEN_SECONDS } from '../domain/mailed-link.js';
import { letterEventOf } from './bus/letter-publications.js';
import { registrationEventOf, standingEventOf } from './bus/publications.js';
import { toAccount } from './mongo/account-of-record.js';
import { AccountRecord, MailedLinkRecord } from './mongo/schemas.js';

/** What this service tells again: who has an account, who is barred, and the letters that nobody has written yet. */
@Injectable()
export class IdentityHoldings extends Holdings {
  readonly all: readonly Holding[];

  constructor(
    @InjectModel(AccountRecord.name) accounts: Model<AccountRecord>,
    @InjectModel(MailedLinkRecord.name) links: Model<MailedLinkRecord>,
  ) {
    super();
    this.all = [
      holding<AccountRecord>('accounts', accounts, (record) => {
        const account = toAccount(record);
        const { factsTold = 0, suspension, createdAt } = account;
        // When a bar was lifted is not kept: told again, that is no news.
        const standing = factsTold > 0 ? [standingEventOf(account, suspension?.at ?? createdAt)] : [];
        return [registrationEventOf(account), ...standing];
      }),
      holding<MailedLinkRecord>(
        'letters',
        links,
        (link) => [letterEventOf(link, new Date(link.expiresAt.getTime() - UNWRITTEN_SECONDS * 1000))],
        undefined,
        { secrets: { $size: 0 } },
      ),
    ];
  }
}
