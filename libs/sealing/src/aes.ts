import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES-256-GCM as NIST SP 800-38D has it: nonces of 96 bits, tags of 128. */
const ALGORITHM = 'aes-256-gcm';
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
/** What sealing adds to the length. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES;

/** What was sealed has been changed, stands in another place, or was sealed with another key. */
export class SealBroken extends Error {}

/**
 * @param key 256 bits
 * @param place where it is stored (`collection|id|field`): what is moved elsewhere no longer opens
 * @returns nonce (12 bytes), tag (16), ciphertext
 */
export function seal(key: Buffer, place: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @throws SealBroken */
export function open(key: Buffer, place: string, sealed: Uint8Array): Buffer {
  if (sealed.length < SEAL_BYTES) throw new SealBroken(`${place}: too short`);
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(NONCE_BYTES, SEAL_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(SEAL_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new SealBroken(`${place}: it does not open`, { cause });
  }
}
