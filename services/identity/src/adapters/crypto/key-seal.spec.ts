import type { ServiceConfig } from '@medflow/service-kit';
import { describe, expect, it } from '@jest/globals';
import { KeySeal } from './key-seal.js';

const sealOf = (key?: string) =>
  new KeySeal({ env: { ...(key && { IDENTITY_KEY_ENCRYPTION_KEY: key }) } } as unknown as ServiceConfig);
const seal = sealOf('a secret of the operator');

describe('a sealed key', () => {
  it('is opened by the secret that sealed it, and shows nothing of itself', () => {
    const sealed = seal.seal('private', 'key-1');
    expect(sealed).toMatch(/^sealed:[A-Za-z0-9+/]+=*$/);
    expect(Buffer.from(sealed.slice('sealed:'.length), 'base64').toString('latin1')).not.toContain('private');
    expect(seal.seal('private', 'key-1')).not.toBe(sealed);
    expect(seal.open(sealed, 'key-1')).toBe('private');
  });

  it('is refused when a single bit of it has changed, or it stands in another’s place', () => {
    const bytes = Buffer.from(seal.seal('private', 'key-1').slice('sealed:'.length), 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(() => seal.open(`sealed:${changed.toString('base64')}`, 'key-1')).toThrow('sealed with another one');
    }
    expect(() => seal.open(`sealed:${bytes.toString('base64')}`, 'key-2')).toThrow('sealed with another one');
    expect(() => sealOf('another secret').open(`sealed:${bytes.toString('base64')}`, 'key-1')).toThrow();
    expect(() => sealOf().open(`sealed:${bytes.toString('base64')}`, 'key-1')).toThrow('is not set');
  });
});
