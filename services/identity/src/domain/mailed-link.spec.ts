import { describe, expect, it } from '@jest/globals';
import { nextLetterAt } from './account.js';
import { readLinkToken, writeLinkToken } from './mailed-link.js';

describe('the token of a mailed link', () => {
  it('is read back as it was written', () => {
    const token = { accountId: '01935a6e-0000-7000-8000-000000000001', secret: 'a'.repeat(43) };
    expect(readLinkToken(writeLinkToken(token))).toEqual(token);
  });

  it.each(['', 'a', 'a.b', `.${'a'.repeat(43)}`, `a.${'a'.repeat(44)}`, `{"$gt":""}.${'a'.repeat(43)}`])(
    'is not %j',
    (text) => {
      expect(readLinkToken(text)).toBeUndefined();
    },
  );
});

describe('the next letter to an address', () => {
  const at = new Date('2026-11-23T09:00:00Z');

  it('that nobody has proven goes an hour after the one before', () => {
    const account = { emailVerified: false, unprovenLetterAt: at };
    expect(nextLetterAt(account)).toEqual(new Date('2026-11-23T10:00:00Z'));
  });

  it('goes at once where none has gone, or the address is proven', () => {
    expect(nextLetterAt({ emailVerified: false })).toBeUndefined();
    expect(nextLetterAt({ emailVerified: true, unprovenLetterAt: at })).toBeUndefined();
  });
});
