import { describe, expect, it } from 'vitest';
import { ownPath } from './way-back';

describe('the way back to where somebody was', () => {
  it.each(['/doctors/d-1/book?slot=s-1', '/'])('leads to pages of ours: %s', (path) => {
    expect(ownPath(path)).toBe(path);
  });

  it.each(['//evil.example/x', 'https://evil.example', 'javascript:alert(1)', '', null, undefined])(
    'leads nowhere else: %s',
    (address) => {
      expect(ownPath(address)).toBeUndefined();
    },
  );
});
