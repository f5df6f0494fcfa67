import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  Account as Caller,
  Audited,
  type CurrentAccount,
  decodeCursor,
  pageOf,
  ValidationFailed,
  May,
} from '@medflow/service-kit';
import { access } from '../../access.js';
import { FindAccountsHandler } from '../../application/find-accounts.js';
import { SuspendAccountHandler } from '../../application/suspend-account.js';
import {
  AccountsQuery,
  AdminAccountList,
  AdminAccountView,
  adminAccountView,
  SuspendBody,
} from './admin-accounts.dto.js';

/** @throws ValidationFailed */
function lastOf(cursor: string | undefined): string | undefined {
  const [id] = decodeCursor(cursor, 1) ?? [];
  if (id !== undefined && typeof id !== 'string') throw new ValidationFailed([{ field: 'cursor', code: 'invalid' }]);
  return id;
}

@ApiTags('administration')
@Controller('admin/accounts')
export class AdminAccountsController {
  constructor(
    private readonly accounts: FindAccountsHandler,
    private readonly suspensions: SuspendAccountHandler,
  ) {}

  @Get()
  @May(access, 'find', 'account')
  @ApiOkResponse({ type: AdminAccountList })
  async list(@Query() { q: text, role, limit = 20, cursor }: AccountsQuery): Promise<AdminAccountList> {
    const after = lastOf(cursor);
    const query = { ...(text !== undefined && { text }), ...(role && { role }), ...(after !== undefined && { after }) };
    const page = pageOf(await this.accounts.execute(query, limit + 1), limit, ({ id }) => [id]);
    return { items: page.items.map(adminAccountView), nextCursor: page.nextCursor };
  }

  /** Nobody signs in to the account any more, and its sessions end. */
  @Post(':id/suspend')
  @May(access, 'suspend', 'account')
  @Audited('account-suspension')
  @HttpCode(200)
  @ApiOkResponse({ type: AdminAccountView })
  async suspend(
    @Caller() { id: by }: CurrentAccount,
    @Param('id') accountId: string,
    @Body() { reason }: SuspendBody,
  ): Promise<AdminAccountView> {
    return adminAccountView(await this.suspensions.suspend({ accountId, by, reason }));
  }

  @Post(':id/reinstate')
  @May(access, 'reinstate', 'account')
  @Audited('account-reinstatement')
  @HttpCode(200)
  @ApiOkResponse({ type: AdminAccountView })
  async reinstate(@Caller() { id: by }: CurrentAccount, @Param('id') accountId: string): Promise<AdminAccountView> {
    return adminAccountView(await this.suspensions.reinstate({ accountId, by }));
  }
}
