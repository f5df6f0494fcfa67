import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * What a request's answer is kept under and sealed with, all drawn from the caller's own Idempotency-Key (HKDF, RFC 5869):
 * without the key in hand, which is kept nowhere, the database tells neither who asked for what nor what was answered.
 */
export class AnswerSeal {
  /** Of the row; tells nothing of the key. */
  readonly id: string;
  private readonly digestKey: Buffer;
  private readonly sealKey: Buffer;

  /** @param scope whose key it is and for which route: the same key elsewhere is another */
  constructor(key: string, scope: string) {
    const drawn = Buffer.from(hkdfSync('sha256', key, '', `medflow idempotency|${scope}`, 3 * KEY_BYTES));
    this.id = drawn.subarray(0, KEY_BYTES).toString('base64url');
    this.digestKey = drawn.subarray(KEY_BYTES, 2 * KEY_BYTES);
    this.sealKey = drawn.subarray(2 * KEY_BYTES);
  }

  digest(body: unknown): string {
    return createHmac('sha256', this.digestKey)
      .update(JSON.stringify(body ?? null))
      .digest('base64url');
  }

  /** AES-256-GCM: nonce, ciphertext, tag. */
  seal(answer: object): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.sealKey, nonce).setAAD(Buffer.from(this.id));
    const text = cipher.update(JSON.stringify(answer), 'utf8');
    return Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws Error when it was not sealed here, or was changed since */
  open<T>(sealed: Uint8Array): T {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', this.sealKey, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(this.id))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString('utf8')) as T;
  }
}
