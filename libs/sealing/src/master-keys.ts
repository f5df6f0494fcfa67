import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { derivedSecret, SERVICE_CONFIG, type ServiceConfig, SettingError } from '@medflow/service-kit';

export interface MasterKey {
  /** The first 8 hex digits of the key's SHA-256: tells keys apart and nothing of them. */
  readonly id: string;
  readonly key: Buffer;
}

const MIN_LENGTH = 32;

/**
 * The keys that data keys are wrapped with: `KEY_ENCRYPTION_KEY`, one secret or several separated by commas. The first
 * wraps, all open: to rotate, put a new one before the old, run `npm run records -- rotate-keys`, then take the old one away.
 * Last of all comes one that is derived from the installation’s secret: it wraps where none is set, and opens what it
 * wrapped before one was.
 */
@Injectable()
export class MasterKeys {
  private readonly keys: readonly MasterKey[];

  /** @throws SettingError when a secret is shorter than 32 characters */
  constructor(@Inject(SERVICE_CONFIG) config: Pick<ServiceConfig, 'env' | 'internalToken'>) {
    this.keys = secretsOf(config).map((secret) => {
      const key = createHash('sha256').update(secret).digest();
      return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key };
    });
  }

  /** New data keys are wrapped with it. */
  get current(): MasterKey {
    return this.keys[0]!;
  }

  /** @throws SettingError when data keys are wrapped with one that is not among the settings */
  find(id: string): MasterKey {
    const found = this.keys.find((key) => key.id === id);
    if (!found) throw new SettingError(`KEY_ENCRYPTION_KEY has no key ${id}, which data keys are wrapped with.`);
    return found;
  }
}

function secretsOf(config: Pick<ServiceConfig, 'env' | 'internalToken'>): string[] {
  const given = (config.env.KEY_ENCRYPTION_KEY ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter(Boolean);
  if (given.some((secret) => secret.length < MIN_LENGTH))
    throw new SettingError(
      `KEY_ENCRYPTION_KEY: each key needs ${MIN_LENGTH} characters or more (openssl rand -base64 32).`,
    );
  // A preview application, which only describes itself, has no secrets at all.
  return [...given, config.internalToken ? derivedSecret(config, 'data keys') : ''];
}
