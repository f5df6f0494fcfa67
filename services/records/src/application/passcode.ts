import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const SALT_BYTES = 16;
const HASH_BYTES = 32;

const derived = (passcode: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(passcode.normalize('NFC'), salt, HASH_BYTES, (error, key) => (error ? reject(error) : resolve(key))),
  );

/** scrypt (RFC 7914) with Node's own costs, 16 MB: ten guesses are all that anybody has. `salt.hash`, base64url. */
export async function hashPasscode(passcode: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return `${salt.toString('base64url')}.${(await derived(passcode, salt)).toString('base64url')}`;
}

export async function isPasscode(passcode: string, hash: string): Promise<boolean> {
  const [salt = '', key = ''] = hash.split('.');
  return timingSafeEqual(await derived(passcode, Buffer.from(salt, 'base64url')), Buffer.from(key, 'base64url'));
}
