import { Body, Controller, Get, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Account as Caller, Anyone, type CurrentAccount, For, localeOf, ValidationFailed } from '@medflow/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccountsHandler } from '../../application/accounts.js';
import { LoginHandler } from '../../application/login.js';
import { RefreshHandler } from '../../application/refresh.js';
import { RegisterHandler } from '../../application/register.js';
import type { SignedIn } from '../../application/sign-in.js';
import type { Account } from '../../domain/account.js';
import { SessionExpired } from '../../domain/errors.js';
import { AccessTokenSigner } from '../../domain/ports.js';
import { AccountView, JwksView, LoginBody, RegisterBody, SignedInView } from './auth.dto.js';
import { refreshCookie } from './refresh-cookie.js';

const accountView = ({ id, email, role, firstName, lastName, emailVerified, locale }: Account): AccountView => ({
  id,
  email,
  role,
  firstName,
  lastName,
  emailVerified,
  locale,
});

@ApiTags('identity')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly registration: RegisterHandler,
    private readonly logins: LoginHandler,
    private readonly refreshing: RefreshHandler,
    private readonly accounts: AccountsHandler,
    private readonly signer: AccessTokenSigner,
  ) {}

  @Post('register')
  @Anyone()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  })
  @ApiCreatedResponse({ type: SignedInView })
  async register(
    @Body() body: RegisterBody,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInView> {
    if (idempotencyKey !== undefined && !/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) {
      throw new ValidationFailed([{ field: 'Idempotency-Key', code: 'invalid' }]);
    }
    const locale = body.locale ?? localeOf(request.headers['accept-language']);
    return this.answer(
      await this.registration.execute({ ...body, locale, ...(idempotencyKey && { idempotencyKey }) }),
      request,
      reply,
    );
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
    return this.answer(await this.logins.execute({ email, password, address: request.ip }), request, reply);
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
    await this.refreshing.logout(refreshCookie.read(request));
    refreshCookie.clear(request, reply);
  }

  @Get('me')
  @For()
  @ApiOkResponse({ type: AccountView })
  async me(@Caller() { id }: CurrentAccount): Promise<AccountView> {
    return accountView(await this.accounts.read(id));
  }

  @Get('.well-known/jwks.json')
  @Anyone()
  @ApiOkResponse({ type: JwksView })
  async keys(@Res({ passthrough: true }) reply: FastifyReply): Promise<JwksView> {
    reply.header('cache-control', 'public, max-age=300');
    return { keys: await this.signer.publicKeys() };
  }

  private answer(
    { account, accessToken, expiresIn, refreshToken }: SignedIn,
    request: FastifyRequest,
    reply: FastifyReply,
  ): SignedInView {
    refreshCookie.set(request, reply, refreshToken);
    return { accessToken, expiresIn, account: accountView(account) };
  }
}
