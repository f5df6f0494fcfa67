import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG, type ServiceConfig, SettingError } from '@medflow/service-kit';

const SEALED = 'sealed:';

/**
 * Keeps private keys unreadable in the database and its back-ups where the operator sets
 * `IDENTITY_KEY_ENCRYPTION_KEY` (any text of high entropy, such as `openssl rand -base64 32`): AES-256-GCM, with the
 * key's id as additional data so that sealed keys cannot be swapped. Stored: nonce (12), tag (16), ciphertext, base64.
 */
@Injectable()
export class KeySeal {
  constructor(@Inject(SERVICE_CONFIG) private readonly config: ServiceConfig) {}

  /** The text itself where the operator set no key. */
  seal(text: string, id: string): string {
    const key = this.key();
    if (!key) return text;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return SEALED + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** @throws SettingError when the operator's key is missing or another one */
  open(text: string, id: string): string {
    if (!text.startsWith(SEALED)) return text;
    const key = this.key();
    if (!key) throw new SettingError('IDENTITY_KEY_ENCRYPTION_KEY is not set, but the signing key is sealed with it.');
    const bytes = Buffer.from(text.slice(SEALED.length), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(id)).setAuthTag(bytes.subarray(12, 28));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    } catch (error) {
      const reason = 'IDENTITY_KEY_ENCRYPTION_KEY does not open the signing key: it was sealed with another one.';
      throw Object.assign(new SettingError(reason), { cause: error });
    }
  }

  private key(): Buffer | undefined {
    const secret = this.config.env.IDENTITY_KEY_ENCRYPTION_KEY;
    return secret ? createHash('sha256').update(secret).digest() : undefined;
  }
}
