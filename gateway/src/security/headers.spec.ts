import { describe, expect, it } from '@jest/globals';
import { contentSecurityPolicy } from './headers.js';

describe('content security policy', () => {
  it('lets nothing in but what is ours', () => {
    const policy = contentSecurityPolicy();
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('lets the styles of a page in by its nonce, and no script', () => {
    const policy = contentSecurityPolicy('n0nce');
    expect(policy).toContain("style-src 'self' 'nonce-n0nce'");
    expect(policy).toContain("script-src 'self';");
  });
});
