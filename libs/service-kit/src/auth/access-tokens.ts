import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig } from '../service-definition.js';
import { AccessTokenStrategy, outcomeOf } from './access-token.strategy.js';
import type { CurrentAccount } from './account.js';
import { EndedSessions } from './ended-sessions.js';

/** The service's one way to verify access tokens; guards use its strategy, and who holds a bare token asks `verify`. */
@Injectable()
export class AccessTokens {
  readonly strategy: AccessTokenStrategy;

  constructor(
    @Inject(SERVICE_CONFIG) config: ServiceConfig,
    @Inject(EndedSessions) ended: EndedSessions = new EndedSessions(),
  ) {
    this.strategy = new AccessTokenStrategy(config, ended);
  }

  /** The account behind the token, or null when it is forged, expired or not ours, or its session has ended.
   *  @throws KeysUnavailable when the keys cannot be had */
  verify(token: string): Promise<CurrentAccount | null> {
    return outcomeOf(this.strategy, { headers: { authorization: `Bearer ${token}` } });
  }
}
