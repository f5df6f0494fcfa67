import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { Audited, May } from '@medflow/service-kit';
import type { FastifyRequest } from 'fastify';
import { access } from '../../access.js';
import { ForgotPasswordHandler } from '../../application/forgot-password.js';
import { ResetPasswordHandler } from '../../application/reset-password.js';
import { addressOf } from './caller.js';
import { ForgotBody, ResetBody } from './link.dto.js';

@ApiTags('identity')
@Controller('auth/password')
export class PasswordResetController {
  constructor(
    private readonly forgotten: ForgotPasswordHandler,
    private readonly resets: ResetPasswordHandler,
  ) {}

  /** A link comes by e-mail if there is such an account; the answer is the same. */
  @Post('forgot')
  @May(access, 'ask-recovery', 'account')
  @Audited('password-forgotten')
  @HttpCode(202)
  @ApiAcceptedResponse()
  forgot(@Body() { email }: ForgotBody, @Req() request: FastifyRequest): Promise<void> {
    return this.forgotten.execute({ email, address: addressOf(request) });
  }

  /** Ends every session of the account; its address is proven thereby. */
  @Post('reset')
  @May(access, 'reset-password', 'account')
  @Audited('password-reset')
  @HttpCode(204)
  @ApiNoContentResponse()
  reset(@Body() { token, password }: ResetBody): Promise<void> {
    return this.resets.execute({ token, password });
  }
}
