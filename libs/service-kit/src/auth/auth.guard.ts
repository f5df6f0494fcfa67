import { createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard as PassportGuard } from '@nestjs/passport';
import { Forbidden, nobody, service, type Subject, Unauthenticated } from '@medflow/access';
import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { SECURITY_ACT, type SecurityAct } from '../security-log.js';
import { SERVICE_CONFIG, type ServiceConfig } from '../service-definition.js';
import { bearerOf } from './access-token.strategy.js';
import { AccessTokens } from './access-tokens.js';
import type { CurrentAccount } from './account.js';
import { type Step, STEP } from './may.js';
import { KeysUnavailable } from './public-keys.js';
import { subjectOf } from './verified-email.js';

declare module 'fastify' {
  interface FastifyRequest {
    account?: CurrentAccount;
  }
}

/** The signed-in account of this request. */
export const Account = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<FastifyRequest>().account;
});

/** Deny by default: a handler that does not say what it does refuses everybody. */
@Injectable()
export class AuthGuard extends PassportGuard() {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {
    super({ defaultStrategy: tokens.strategy.name, property: 'account' });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.securityAct = this.reflector.get<SecurityAct | undefined>(SECURITY_ACT, context.getHandler());
    const step = this.reflector.get<Step | undefined>(STEP, context.getHandler());
    if (!step) throw new Forbidden('the route does not say what it does');
    request.subject = await this.subjectOf(request, context, step);
    step.access.admit(request.subject, step.action, step.resource);
    return true;
  }

  /** What is for services alone is asked with their secret, whatever token comes with it. */
  private async subjectOf(request: FastifyRequest, context: ExecutionContext, step: Step): Promise<Subject> {
    if (step.forServices) {
      this.expectService(request);
      return service;
    }
    await this.identify(request, context);
    const { account } = request;
    return account ? subjectOf(account, this.config) : nobody;
  }

  /** Passport is asked about tokens that are new here. */
  private async identify(request: FastifyRequest, context: ExecutionContext): Promise<void> {
    const token = bearerOf(request);
    if (token === null) return;
    const known = this.tokens.strategy.recall(token);
    if (known === undefined) await super.canActivate(context);
    else request.account = (known instanceof Promise ? await known : known) ?? undefined;
  }

  /** Whether somebody must be signed in is for the handler to say: a token that is not good is nobody's. */
  override handleRequest<T>(error: unknown, account: T | false, info: unknown): T {
    if (error) throw error;
    if (info instanceof KeysUnavailable) throw info;
    return (account || undefined) as T;
  }

  /** @throws Unauthenticated */
  private expectService(request: FastifyRequest): void {
    const given = Buffer.from(String(request.headers['x-medflow-internal'] ?? ''));
    const wanted = Buffer.from(this.config.internalToken);
    if (wanted.length === 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      throw new Unauthenticated('not a service of this installation');
    }
  }
}
