import { Injectable } from '@nestjs/common';
import { type Account, Accounts, nextLetterAt } from '../domain/account.js';
import { LetterTooSoon } from '../domain/errors.js';
import { LetterFacts, type LinkPurpose, MailedLinks } from '../domain/mailed-link.js';
import { Clock, Randomness } from '../domain/ports.js';

/** Has letters about an account written. Each belongs to the caller's unit of work. */
@Injectable()
export class AccountLetters {
  constructor(
    private readonly accounts: Accounts,
    private readonly links: MailedLinks,
    private readonly facts: LetterFacts,
    private readonly randomness: Randomness,
    private readonly clock: Clock,
  ) {}

  /** The first letter to a new account, whose one letter in an hour this is. */
  async welcome(account: Account): Promise<void> {
    await this.link(account, 'verification');
  }

  /** Another link in place of the one before. @throws LetterTooSoon for an address that nobody has proven */
  async send(account: Account, purpose: LinkPurpose): Promise<void> {
    if (!account.emailVerified) await this.takeUnprovenLetter(account);
    await this.link(account, purpose);
  }

  /** Tells the owner, and makes links worthless that were asked for before. */
  async credentialsChanged({ id: accountId }: Account): Promise<void> {
    await this.links.revoke('recovery', accountId);
    const letter = { letterId: this.randomness.id(), accountId, purpose: 'credentials-changed' } as const;
    await this.facts.wanted(letter, this.clock.now());
  }

  private async takeUnprovenLetter(account: Account): Promise<void> {
    const now = this.clock.now();
    if (await this.accounts.takeUnprovenLetter(account.id, now)) return;
    const fresh = (await this.accounts.byId(account.id)) ?? account;
    const waitMs = (nextLetterAt(fresh)?.getTime() ?? 0) - now.getTime();
    throw new LetterTooSoon(Math.max(1, Math.ceil(waitMs / 1000)));
  }

  private link({ id: accountId, email }: Account, purpose: LinkPurpose): Promise<void> {
    return this.links.replace({ letterId: this.randomness.id(), accountId, purpose, email }, this.clock.now());
  }
}
