import { Body, Controller, Delete, Get, HttpCode, Param, Put, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Account as Caller, Audited, type CurrentAccount, May } from '@medflow/service-kit';
import type { FastifyRequest } from 'fastify';
import { access } from '../../access.js';
import { ChangePasswordHandler } from '../../application/change-password.js';
import { SessionEnds } from '../../application/session-ends.js';
import { SessionsHandler } from '../../application/sessions.js';
import { PasswordBody, SessionsView, sessionView } from './auth.dto.js';
import { addressOf } from './caller.js';

@ApiTags('identity')
@Controller('auth')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsHandler,
    private readonly ends: SessionEnds,
    private readonly passwords: ChangePasswordHandler,
  ) {}

  @Get('sessions')
  @May(access, 'list', 'session')
  @ApiOkResponse({ type: SessionsView })
  async list(@Caller() { id, sessionId }: CurrentAccount): Promise<SessionsView> {
    const sessions = await this.sessions.list(id);
    return { items: sessions.map((session) => sessionView(session, sessionId)), nextCursor: null };
  }

  /** Signs out everywhere else. */
  @Delete('sessions')
  @May(access, 'end', 'session')
  @Audited('session-end')
  @HttpCode(204)
  @ApiNoContentResponse()
  closeOthers(@Caller() { id, sessionId }: CurrentAccount): Promise<void> {
    return this.ends.othersOf(id, sessionId);
  }

  @Delete('sessions/:id')
  @May(access, 'end', 'session')
  @Audited('session-end')
  @HttpCode(204)
  @ApiNoContentResponse()
  close(@Caller() { id }: CurrentAccount, @Param('id') sessionId: string): Promise<void> {
    return this.ends.oneOf(id, sessionId);
  }

  /** Every other session ends. */
  @Put('password')
  @May(access, 'change-password', 'account')
  @Audited('password-change')
  @HttpCode(204)
  @ApiNoContentResponse()
  changePassword(
    @Caller() { id, sessionId }: CurrentAccount,
    @Body() { currentPassword, newPassword }: PasswordBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.passwords.execute({
      accountId: id,
      sessionId,
      address: addressOf(request),
      currentPassword,
      newPassword,
    });
  }
}
