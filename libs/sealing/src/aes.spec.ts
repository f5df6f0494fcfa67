import { randomBytes } from 'node:crypto';
import { open, seal, SealBroken } from './aes.js';
import { MasterKeys } from './master-keys.js';

const key = randomBytes(32);

describe('sealing', () => {
  it('opens only in the place where it was sealed, and unchanged', () => {
    const sealed = seal(key, 'entries|1|content', Buffer.from('pénicilline'));
    expect(open(key, 'entries|1|content', sealed).toString()).toBe('pénicilline');
    expect(() => open(key, 'entries|2|content', sealed)).toThrow(SealBroken);
    expect(() => open(randomBytes(32), 'entries|1|content', sealed)).toThrow(SealBroken);
    sealed[sealed.length - 1]! ^= 1;
    expect(() => open(key, 'entries|1|content', sealed)).toThrow(SealBroken);
    expect(() => open(key, 'entries|1|content', sealed.subarray(0, 10))).toThrow(SealBroken);
  });

  it('never says the same twice', () => {
    expect(seal(key, 'a', Buffer.from('x')).equals(seal(key, 'a', Buffer.from('x')))).toBe(false);
  });
});

describe('master keys', () => {
  const old = 'a'.repeat(32);
  const next = 'b'.repeat(32);
  const keys = (KEY_ENCRYPTION_KEY?: string) =>
    new MasterKeys({ env: { KEY_ENCRYPTION_KEY }, internalToken: 'secret' });

  it('wrap with the first and open with each', () => {
    const { current } = keys(old);
    const both = keys(`${next},${old}`);
    expect(both.current.id).not.toBe(current.id);
    expect(both.find(current.id).key.equals(current.key)).toBe(true);
    expect(() => keys(next).find(current.id)).toThrow('KEY_ENCRYPTION_KEY has no key');
  });

  it('refuse one that is short', () => {
    expect(() => keys('short')).toThrow('KEY_ENCRYPTION_KEY');
  });

  it('are the installation’s own where none is given', () => {
    const { current } = keys();
    expect(keys('').current.id).toBe(current.id);
    // What was wrapped before the operator set one still opens.
    expect(keys(old).find(current.id).key.equals(current.key)).toBe(true);
  });
});
