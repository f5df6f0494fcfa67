import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { Audited, May } from '@medflow/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { access } from '../../access.js';
import { ForgotPasswordHandler } from '../../application/forgot-password.js';
import { KnownDevices } from '../../application/known-devices.js';
import { ResetPasswordHandler } from '../../application/reset-password.js';
import { addressOf } from './caller.js';
import { deviceCookie } from './device-cookie.js';
import { ForgotBody, ResetBody } from './link.dto.js';

@ApiTags('identity')
@Controller('auth/password')
export class PasswordResetController {
  constructor(
    private readonly forgotten: ForgotPasswordHandler,
    private readonly resets: ResetPasswordHandler,
    private readonly devices: KnownDevices,
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

  /**
   * Ends every session of the account; its address is proven thereby, and the browser is known from now on: strangers who
   * guess do not keep its owner from signing in with the new password.
   */
  @Post('reset')
  @May(access, 'reset-password', 'account')
  @Audited('password-reset')
  @HttpCode(204)
  @ApiNoContentResponse()
  async reset(
    @Body() { token, password }: ResetBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const accountId = await this.resets.execute({ token, password });
    deviceCookie.set(request, reply, this.devices.remember(deviceCookie.read(request), accountId));
  }
}
