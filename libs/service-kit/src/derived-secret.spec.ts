import { describe, expect, it } from '@jest/globals';
import { derivedSecret } from './derived-secret.js';
import { SettingError } from './setting-error.js';

describe('a derived secret', () => {
  it('is the same for one installation and purpose, and another for any other', () => {
    const secret = derivedSecret({ internalToken: 'a' }, 'device cookies');
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(derivedSecret({ internalToken: 'a' }, 'device cookies')).toBe(secret);
    expect(derivedSecret({ internalToken: 'a' }, 'calendar feeds')).not.toBe(secret);
    expect(derivedSecret({ internalToken: 'b' }, 'device cookies')).not.toBe(secret);
  });

  it('comes from no default', () => {
    expect(() => derivedSecret({ internalToken: '' }, 'device cookies')).toThrow(SettingError);
  });
});
