import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { derivedSecret, SERVICE_CONFIG, type ServiceConfig, SettingError } from '@medflow/service-kit';

/** Sealed with the operator's key, and with one derived from the secret that the services of the installation share. */
const [SEALED, BOUND] = ['sealed:', 'bound:'] as const;

/** What was sealed with the installation's secret cannot be opened since that secret is another one. */
export class SealLost extends Error {}

/**
 * Keeps private keys unreadable in the database and its back-ups: AES-256-GCM with the operator's
 * `IDENTITY_KEY_ENCRYPTION_KEY` (any text of high entropy, such as `openssl rand -base64 32`), else with a key derived
 * from the installation's secret. The key's id is additional data, so that sealed keys cannot be swapped. Stored: nonce
 * (12), tag (16), ciphertext, base64.
 */
@Injectable()
export class KeySeal {
  constructor(@Inject(SERVICE_CONFIG) private readonly config: ServiceConfig) {}

  seal(text: string, id: string): string {
    const operators = this.operatorsKey();
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', operators ?? this.ownKey(), nonce).setAAD(Buffer.from(id));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return (operators ? SEALED : BOUND) + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** False for what earlier versions, or other settings, left less well sealed than it would be now. */
  isAsNow(text: string): boolean {
    return text.startsWith(SEALED) || (text.startsWith(BOUND) && !this.operatorsKey());
  }

  /**
   * @throws SettingError when the operator's key is missing or another one
   * @throws SealLost when the installation's secret is another one
   */
  open(text: string, id: string): string {
    if (text.startsWith(SEALED)) {
      const key = this.operatorsKey();
      if (!key)
        throw new SettingError('IDENTITY_KEY_ENCRYPTION_KEY is not set, but the signing key is sealed with it.');
      return opened(text.slice(SEALED.length), id, key, (cause) => {
        const reason = 'IDENTITY_KEY_ENCRYPTION_KEY does not open the signing key: it was sealed with another one.';
        return Object.assign(new SettingError(reason), { cause });
      });
    }
    if (!text.startsWith(BOUND)) return text;
    const lost = (cause: unknown) => new SealLost('the installation has another secret now', { cause });
    return opened(text.slice(BOUND.length), id, this.ownKey(), lost);
  }

  private operatorsKey(): Buffer | undefined {
    const secret = this.config.env.IDENTITY_KEY_ENCRYPTION_KEY;
    return secret ? createHash('sha256').update(secret).digest() : undefined;
  }

  private ownKey(): Buffer {
    return Buffer.from(derivedSecret(this.config, 'signing keys'), 'base64url');
  }
}

function opened(sealed: string, id: string, key: Buffer, failure: (cause: unknown) => Error): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(id)).setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw failure(error);
  }
}
