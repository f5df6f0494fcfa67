import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { AuthGuard as PassportGuard } from '@nestjs/passport';
import { checkOwnPage, SERVICE_CONFIG, type ServiceConfig, validationPipe } from '@medflow/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SignedIn } from '../../../application/sign-in.js';
import type { Account } from '../../../domain/account.js';
import { SessionExpired } from '../../../domain/errors.js';
import { LoginBody } from '../auth.dto.js';
import { refreshCookie } from '../refresh-cookie.js';
import { LocalStrategy } from './local.strategy.js';
import { RefreshStrategy } from './refresh.strategy.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose account the request has proven to be its sender's. */
    proven?: Account;
    /** What a refresh token was exchanged for. */
    renewed?: SignedIn;
  }
}

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>();

/** A coded error of the strategy is the answer; it ends with one or with what it has found. */
function answered<T>(error: unknown, found: T): T {
  if (error) throw error;
  return found;
}

/** By password. A second factor will be a strategy and a guard beside these. */
@Injectable()
export class PasswordGuard extends PassportGuard() {
  private readonly pipe = validationPipe();

  constructor(strategy: LocalStrategy) {
    super({ defaultStrategy: strategy.name, property: 'proven' });
  }

  /** @throws ValidationFailed: guards come before pipes, and every fault of the form is to be told at once */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    request.body = await this.pipe.transform(request.body, { type: 'body', metatype: LoginBody });
    return super.canActivate(context) as Promise<boolean>;
  }

  override handleRequest = answered;
}

/** By refresh cookie. One that is worth nothing is taken from the browser. */
@Injectable()
export class RefreshGuard extends PassportGuard() {
  constructor(strategy: RefreshStrategy) {
    super({ defaultStrategy: strategy.name, property: 'renewed' });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    try {
      return (await super.canActivate(context)) as boolean;
    } catch (error) {
      const reply = context.switchToHttp().getResponse<FastifyReply>();
      if (error instanceof SessionExpired) refreshCookie.clear(requestOf(context), reply);
      throw error;
    }
  }

  override handleRequest = answered;
}

/** Sent by a page of ours, or by no browser. */
@Injectable()
export class OwnPageGuard implements CanActivate {
  constructor(@Inject(SERVICE_CONFIG) private readonly config: ServiceConfig) {}

  canActivate(context: ExecutionContext): boolean {
    checkOwnPage(requestOf(context), this.config.env.PUBLIC_URL);
    return true;
  }
}

/** Of {@link PasswordGuard}. */
export const Proven = createParamDecorator((_: unknown, context: ExecutionContext) => requestOf(context).proven);
/** Of {@link RefreshGuard}. */
export const Renewed = createParamDecorator((_: unknown, context: ExecutionContext) => requestOf(context).renewed);
