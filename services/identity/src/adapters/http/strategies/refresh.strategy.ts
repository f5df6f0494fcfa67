import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { checkOwnPage, ownStrategy, SERVICE_CONFIG, type ServiceConfig } from '@medflow/service-kit';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import { RefreshHandler } from '../../../application/refresh.js';
import type { SignedIn } from '../../../application/sign-in.js';
import { refreshCookie } from '../refresh-cookie.js';

/** The refresh cookie, sent by a page of ours. What is presented is used up: the answer carries what follows it. */
@Injectable()
export class RefreshStrategy extends PassportStrategy(Strategy) {
  constructor(
    private readonly refreshing: RefreshHandler,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {
    super();
    ownStrategy(this, 'refresh');
  }

  /** @throws Forbidden, SessionExpired */
  async validate(request: FastifyRequest): Promise<SignedIn> {
    checkOwnPage(request, this.config.env.PUBLIC_URL);
    return this.refreshing.execute(refreshCookie.read(request));
  }
}
