import { Body, Controller, Get, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Account as Caller, Anyone, type CurrentAccount, For, localeOf, ValidationFailed } from '@medflow/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccountsHandler } from '../../application/accounts.js';
import { LoginHandler } from '../../application/login.js';
import { LogoutHandler } from '../../application/logout.js';
import { RefreshHandler } from '../../application/refresh.js';
import { RegisterHandler } from '../../application/register.js';
import type { SignedIn } from '../../application/sign-in.js';
import { SessionExpired } from '../../domain/errors.js';
import { EmailRule } from '../../domain/ports.js';
import { AccountView, accountView, LoginBody, RegisterBody, SignedInView } from './auth.dto.js';
import { deviceOf } from './caller.js';
import { refreshCookie } from './refresh-cookie.js';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;
const keySchema = { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' } as const;

@ApiTags('identity')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly registration: RegisterHandler,
    private readonly logins: LoginHandler,
    private readonly refreshing: RefreshHandler,
    private readonly logouts: LogoutHandler,
    private readonly accounts: AccountsHandler,
    private readonly emailRule: EmailRule,
  ) {}

  @Post('register')
  @Anyone()
  @ApiHeader({ name: 'Idempotency-Key', required: false, schema: keySchema })
  @ApiCreatedResponse({ type: SignedInView })
  async register(
    @Body() body: RegisterBody,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInView> {
    if (idempotencyKey !== undefined && !IDEMPOTENCY_KEY.test(idempotencyKey)) {
      throw new ValidationFailed([{ field: 'Idempotency-Key', code: 'invalid' }]);
    }
    const browserLocale = localeOf(request.headers['accept-language']);
    const command = { ...body, browserLocale, device: deviceOf(request), ...(idempotencyKey && { idempotencyKey }) };
    return this.answer(await this.registration.execute(command), request, reply);
  }

  @Post('login')
  @Anyone()
  @HttpCode(200)
  @ApiOkResponse({ type: SignedInView })
  async login(
    @Body() { email, password }: LoginBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInView> {
    const refreshToken = refreshCookie.read(request);
    const caller = { address: request.ip, device: deviceOf(request), ...(refreshToken && { refreshToken }) };
    return this.answer(await this.logins.execute({ email, password, ...caller }), request, reply);
  }

  @Post('refresh')
  @Anyone()
  @HttpCode(200)
  @ApiOkResponse({ type: SignedInView })
  async refresh(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInView> {
    try {
      return this.answer(await this.refreshing.execute(refreshCookie.read(request)), request, reply);
    } catch (error) {
      if (error instanceof SessionExpired) refreshCookie.clear(request, reply);
      throw error;
    }
  }

  @Post('logout')
  @Anyone()
  @HttpCode(204)
  @ApiNoContentResponse()
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.logouts.execute(refreshCookie.read(request));
    refreshCookie.clear(request, reply);
  }

  @Get('me')
  @For()
  @ApiOkResponse({ type: AccountView })
  async me(@Caller() { id }: CurrentAccount): Promise<AccountView> {
    return accountView(await this.accounts.read(id), this.emailRule.required);
  }

  private answer(
    { account, accessToken, expiresIn, refreshToken }: SignedIn,
    request: FastifyRequest,
    reply: FastifyReply,
  ): SignedInView {
    refreshCookie.set(request, reply, refreshToken);
    reply.header('cache-control', 'no-store');
    return { accessToken, expiresIn, account: accountView(account, this.emailRule.required) };
  }
}
