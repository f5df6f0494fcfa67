import { Injectable } from '@nestjs/common';
import { type Account, Accounts } from '../domain/account.js';
import { AccountNotFound, NoAdministrator, OwnAccount } from '../domain/errors.js';
import { Clock, UnitOfWork } from '../domain/ports.js';
import { SessionEnds } from './session-ends.js';

export interface SuspendAccount {
  accountId: string;
  /** The administrator's account. */
  by: string;
  reason: string;
}

@Injectable()
export class SuspendAccountHandler {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessionEnds: SessionEnds,
    private readonly unit: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Ends every session. Suspended before: nothing happens. @throws AccountNotFound, OwnAccount, NoAdministrator */
  async suspend({ accountId, by, reason }: SuspendAccount): Promise<Account> {
    if (accountId === by) throw new OwnAccount('administrators do not suspend themselves');
    return this.unit.run(async () => {
      await this.expectAdministrator(by);
      const at = this.clock.now();
      const suspended = await this.accounts.suspend(accountId, { at, by, reason });
      if (suspended) await this.sessionEnds.ofAccount(accountId);
      return suspended ?? this.known(accountId);
    });
  }

  /** Not suspended: nothing happens. @throws AccountNotFound, NoAdministrator */
  async reinstate({ accountId, by }: Omit<SuspendAccount, 'reason'>): Promise<Account> {
    return this.unit.run(async () => {
      await this.expectAdministrator(by);
      return (await this.accounts.reinstate(accountId, this.clock.now())) ?? this.known(accountId);
    });
  }

  private async expectAdministrator(id: string): Promise<void> {
    if (!(await this.accounts.actAsAdministrator(id))) throw new NoAdministrator(id);
  }

  private async known(id: string): Promise<Account> {
    const account = await this.accounts.byId(id);
    if (!account) throw new AccountNotFound(id);
    return account;
  }
}
