import { hkdfSync } from 'node:crypto';
import { SettingError } from './setting-error.js';
import type { ServiceConfig } from './service-definition.js';

const LENGTH = 32;

/**
 * A secret of this installation for one purpose, the same in every replica: HKDF-SHA-256 (RFC 5869) of the secret that
 * its services share. What is learnt of one tells nothing of another.
 * @param purpose what it is for, in words that no other use has
 * @returns 256 bits, base64url
 * @throws SettingError where the installation has no secret
 */
export function derivedSecret({ internalToken }: Pick<ServiceConfig, 'internalToken'>, purpose: string): string {
  if (!internalToken) throw new SettingError('MEDFLOW_INTERNAL_TOKEN is not set: other secrets are derived from it.');
  return Buffer.from(hkdfSync('sha256', internalToken, '', `medflow ${purpose}`, LENGTH)).toString('base64url');
}
