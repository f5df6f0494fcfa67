import { Body, Controller, Get, Headers, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Account as Caller, Audited, type CurrentAccount, localeOf, ValidationFailed, May } from '@medflow/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { access } from '../../access.js';
import { AccountsHandler } from '../../application/accounts.js';
import { KnownDevices } from '../../application/known-devices.js';
import { LogoutHandler } from '../../application/logout.js';
import { RegisterHandler } from '../../application/register.js';
import { type SignedIn, SignIn } from '../../application/sign-in.js';
import type { Account } from '../../domain/account.js';
import { EmailRule } from '../../domain/ports.js';
import { AccountView, accountView, LoginBody, RegisterBody, SignedInView } from './auth.dto.js';
import { deviceOf } from './caller.js';
import { deviceCookie } from './device-cookie.js';
import { refreshCookie } from './refresh-cookie.js';
import { OwnPageGuard, PasswordGuard, Proven, RefreshGuard, Renewed } from './strategies/guards.js';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;
const keySchema = { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' } as const;

@ApiTags('identity')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly registration: RegisterHandler,
    private readonly signIn: SignIn,
    private readonly logouts: LogoutHandler,
    private readonly accounts: AccountsHandler,
    private readonly devices: KnownDevices,
    private readonly emailRule: EmailRule,
  ) {}

  @Post('register')
  @May(access, 'open', 'account')
  @Audited('sign-up')
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
    return this.welcome(await this.registration.execute(command), request, reply);
  }

  @Post('login')
  @May(access, 'begin', 'session')
  @Audited('sign-in')
  @UseGuards(PasswordGuard)
  @HttpCode(200)
  @ApiBody({ type: LoginBody })
  @ApiOkResponse({ type: SignedInView })
  async login(
    @Proven() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInView> {
    return this.welcome(await this.signIn.open(account, deviceOf(request)), request, reply);
  }

  @Post('refresh')
  @May(access, 'renew', 'session')
  @UseGuards(RefreshGuard)
  @HttpCode(200)
  @ApiOkResponse({ type: SignedInView })
  refresh(
    @Renewed() renewed: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): SignedInView {
    return this.answer(renewed, request, reply);
  }

  @Post('logout')
  @May(access, 'leave', 'session')
  @Audited('sign-out')
  @UseGuards(OwnPageGuard)
  @HttpCode(204)
  @ApiNoContentResponse()
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.logouts.execute(refreshCookie.read(request));
    refreshCookie.clear(request, reply);
  }

  @Get('me')
  @May(access, 'read', 'account')
  @ApiOkResponse({ type: AccountView })
  async me(@Caller() { id }: CurrentAccount): Promise<AccountView> {
    return accountView(await this.accounts.read(id), this.emailRule.required);
  }

  /** The browser is known from now on, so that strangers who guess do not lock its owner out. */
  private welcome(signedIn: SignedIn, request: FastifyRequest, reply: FastifyReply): SignedInView {
    request.concerns = signedIn.account.id;
    deviceCookie.set(request, reply, this.devices.remember(deviceCookie.read(request), signedIn.account.id));
    return this.answer(signedIn, request, reply);
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
