import { hash } from '@node-rs/argon2';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Argon2Passwords } from './argon2-passwords.js';

const composed = 'ﬁguier-très-rouge';
const decomposed = 'figuier-tre\u0300s-rouge';

describe('a hashed password', () => {
  const passwords = new Argon2Passwords();
  let hashed: string;
  beforeAll(async () => {
    hashed = await passwords.hash(composed);
  });

  it('matches however the keyboard composes it, and nothing else', async () => {
    expect(await passwords.matches(composed, hashed)).toBe(true);
    expect(await passwords.matches(decomposed, hashed)).toBe(true);
    expect(await passwords.matches('figuier-tres-rouge', hashed)).toBe(false);
    expect(await passwords.isOutdated(decomposed, hashed)).toBe(false);
  });

  it('still matches as it was typed where it was hashed so, and is then to be hashed again', async () => {
    const old = await hash(decomposed);
    expect(await passwords.matches(decomposed, old)).toBe(true);
    expect(await passwords.matches(composed, old)).toBe(false);
    expect(await passwords.isOutdated(decomposed, old)).toBe(true);
  });

  it('never is that of nobody', async () => {
    expect(await passwords.matches('nobody has this password', undefined)).toBe(false);
    expect(await passwords.matches(decomposed, undefined)).toBe(false);
  });
});
