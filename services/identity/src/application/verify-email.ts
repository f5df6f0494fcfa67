import { Injectable } from '@nestjs/common';
import { type Account, Accounts } from '../domain/account.js';
import { AccountNotFound, EmailVerifiedAlready, InvalidLink } from '../domain/errors.js';
import { MailedLinks, readLinkToken } from '../domain/mailed-link.js';
import { Clock, UnitOfWork } from '../domain/ports.js';
import { AccountLetters } from './account-letters.js';

@Injectable()
export class VerifyEmailHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly links: MailedLinks,
    private readonly letters: AccountLetters,
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The link proves that its reader reads the address, whoever is signed in where. @throws InvalidLink */
  async verify(text: string): Promise<Account> {
    const token = readLinkToken(text);
    if (!token) throw new InvalidLink('no token of ours');
    return this.unit.run(async () => {
      const link = await this.links.use('verification', token, this.clock.now());
      const account = link && (await this.accounts.proveEmail(link.accountId, link.email));
      if (!account) throw new InvalidLink('used, replaced or expired');
      return account;
    });
  }

  /** @returns the account, which knows when there may be another letter. @throws EmailVerifiedAlready, LetterTooSoon */
  async sendAgain(accountId: string): Promise<Account> {
    return this.unit.run(async () => {
      await this.letters.send(await this.unproven(accountId), 'verification');
      return this.unproven(accountId);
    });
  }

  private async unproven(accountId: string): Promise<Account> {
    const account = await this.accounts.byId(accountId);
    if (!account) throw new AccountNotFound(accountId);
    if (account.emailVerified) throw new EmailVerifiedAlready('the address is proven');
    return account;
  }
}
