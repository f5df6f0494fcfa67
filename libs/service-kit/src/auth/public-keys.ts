import { KeyObject } from 'node:crypto';
import { createRemoteJWKSet, errors } from 'jose';
import type { ServiceConfig } from '../service-definition.js';

/** The token cannot be checked now because identity's keys are out of reach: not the caller's fault (503). */
export class KeysUnavailable extends Error {
  readonly code = 'service-unavailable';
  readonly kind = 'unavailable';
}

/** Identity's public keys (RFC 7517), fetched once and again, at most once a second, when a key is unknown. */
export class PublicKeys {
  private keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  constructor(private readonly config: ServiceConfig) {}

  /** @returns undefined when identity has no such key for ES256 @throws KeysUnavailable */
  async find(kid: string): Promise<KeyObject | undefined> {
    this.keys ??= createRemoteJWKSet(new URL('/auth/.well-known/jwks.json', this.config.upstreams.identity), {
      cooldownDuration: 1000,
    });
    try {
      return KeyObject.from(await this.keys({ alg: 'ES256', kid }));
    } catch (error) {
      const unreachable =
        error instanceof errors.JWKSTimeout ||
        !(error instanceof errors.JOSEError) ||
        error.message.startsWith('Expected 200 OK');
      if (unreachable) throw new KeysUnavailable('the signing keys cannot be fetched', { cause: error });
      return undefined;
    }
  }
}
