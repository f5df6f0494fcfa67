import { Injectable } from '@nestjs/common';
import { type Account, Accounts } from '../domain/account.js';
import { AccountNotFound } from '../domain/errors.js';
import { type LinkPurpose, MailedLinks, writeLinkToken } from '../domain/mailed-link.js';
import { Clock, Randomness } from '../domain/ports.js';

export interface WriteLetter {
  letterId: string;
  accountId: string;
  purpose: LinkPurpose;
}

/** What is to stand in a letter with a link, for the service that writes it. */
@Injectable()
export class WriteLetterHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly links: MailedLinks,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
  ) {}

  /** @throws AccountNotFound when there is nobody to write to, or the link is used or another took its place */
  async execute({ letterId, accountId, purpose }: WriteLetter): Promise<{ account: Account; token: string }> {
    const secret = this.randomness.secret();
    const email = await this.links.addSecret({ letterId, accountId, purpose }, secret, this.clock.now());
    const account = email === undefined ? undefined : await this.accounts.byId(accountId);
    if (!account || account.email !== email) throw new AccountNotFound(accountId);
    return { account, token: writeLinkToken({ accountId, secret }) };
  }
}
