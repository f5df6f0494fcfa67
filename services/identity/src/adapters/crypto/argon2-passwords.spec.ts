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

  it('costs what is advised to make, and differs each time', async () => {
    expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.hash(composed)).not.toBe(hashed);
  });

  it('is of every letter, capitals and the last of 256 included', async () => {
    const long = `${'figuier '.repeat(31)}rouge-7x`;
    expect(long).toHaveLength(256);
    const ofLong = await passwords.hash(long);
    expect(await passwords.matches(long, ofLong)).toBe(true);
    for (const other of [long.slice(0, -1), `${long.slice(0, -1)}y`, long.toUpperCase(), `${long} `])
      expect(await passwords.matches(other, ofLong)).toBe(false);
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
