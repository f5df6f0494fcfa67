import { describe, expect, it } from '@jest/globals';
import { readRefreshToken, writeRefreshToken } from './session.js';

describe('refresh token', () => {
  it('is read back as it was written', () => {
    const token = { id: '01935a6e-0000-7000-8000-000000000001', secret: 'a'.repeat(43) };
    expect(readRefreshToken(writeRefreshToken(token))).toEqual(token);
  });

  it.each([undefined, '', 'a', 'a.b', `.${'a'.repeat(43)}`, `a.${'a'.repeat(44)}`, `{"$gt":""}.${'a'.repeat(43)}`])(
    'is not %j',
    (text) => {
      expect(readRefreshToken(text)).toBeUndefined();
    },
  );
});
