import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Account as Caller, Audited, type CurrentAccount, May } from '@medflow/service-kit';
import { access } from '../../access.js';
import { VerifyEmailHandler } from '../../application/verify-email.js';
import { EmailRule } from '../../domain/ports.js';
import { AccountView, accountView } from './auth.dto.js';
import { LinkBody } from './link.dto.js';

@ApiTags('identity')
@Controller('auth/email')
export class EmailController {
  constructor(
    private readonly verification: VerifyEmailHandler,
    private readonly rule: EmailRule,
  ) {}

  /** Signed in or not: the link is the proof. An access token says so from its next renewal on. */
  @Post('verify')
  @May(access, 'verify-address', 'account')
  @Audited('email-verification')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: AccountView })
  async verify(@Body() { token }: LinkBody): Promise<AccountView> {
    return accountView(await this.verification.verify(token), this.rule.required);
  }

  /** Once an hour, and the older link is void. */
  @Post('verification')
  @May(access, 'ask-verification', 'account')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: AccountView })
  async sendAgain(@Caller() { id }: CurrentAccount): Promise<AccountView> {
    return accountView(await this.verification.sendAgain(id), this.rule.required);
  }
}
