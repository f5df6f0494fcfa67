import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig } from '../service-definition.js';
import { AccessTokenStrategy } from './access-token.strategy.js';
import type { CurrentAccount } from './account.js';
import { EndedSessions } from './ended-sessions.js';
import { KeysUnavailable } from './public-keys.js';

/** The service's one way to verify access tokens; its guard uses the strategy, and who holds a bare token asks `verify`. */
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
  async verify(token: string): Promise<CurrentAccount | null> {
    const known = this.strategy.recall(token);
    return known === undefined ? this.attempt(token) : known;
  }

  /** As Passport runs the strategy, without a request that it would answer. */
  private attempt(token: string): Promise<CurrentAccount | null> {
    return new Promise((resolve, reject) => {
      const attempt = Object.assign(Object.create(this.strategy) as AccessTokenStrategy, {
        success: resolve,
        fail: (why?: unknown) => (why instanceof KeysUnavailable ? reject(why) : resolve(null)),
        error: reject,
      });
      attempt.authenticate({ headers: { authorization: `Bearer ${token}` } } as never);
    });
  }
}
