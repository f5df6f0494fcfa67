import { Injectable } from '@nestjs/common';
import { Accounts, normaliseEmail } from '../domain/account.js';
import { LetterTooSoon } from '../domain/errors.js';
import { AttemptCounters } from '../domain/login-throttle.js';
import { Afterwards, Clock, UnitOfWork } from '../domain/ports.js';
import { recoveryLimits } from '../domain/recovery-limits.js';
import { AccountLetters } from './account-letters.js';

export interface ForgotPassword {
  email: string;
  /** Network of the caller: an address, or the /64 of an IPv6 address. */
  address: string;
}

@Injectable()
export class ForgotPasswordHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly letters: AccountLetters,
    private readonly counters: AttemptCounters,
    private readonly afterwards: Afterwards,
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Answered alike, and after the same work, whether there is such an account: the rest is done after the answer. */
  async execute({ email: typed, address }: ForgotPassword): Promise<void> {
    const counted = { threshold: recoveryLimits.network, subject: address };
    const { refused } = await this.counters.count(counted, this.clock.now());
    if (!refused) this.afterwards.do(() => this.write(normaliseEmail(typed)));
  }

  private async write(email: string): Promise<void> {
    const counted = { threshold: recoveryLimits.account, subject: email };
    if ((await this.counters.count(counted, this.clock.now())).refused) return;
    const account = await this.accounts.byEmail(email);
    if (!account) return;
    try {
      await this.unit.run(() => this.letters.send(account, 'recovery'));
    } catch (error) {
      // Nobody is there to be told.
      if (!(error instanceof LetterTooSoon)) throw error;
    }
  }
}
