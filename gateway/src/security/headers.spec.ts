import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { contentSecurityPolicy, securityHeaders } from './headers.js';

describe('content security policy', () => {
  it('lets nothing in but what is ours', () => {
    const policy = contentSecurityPolicy();
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain('frame-src blob:;');
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('lets the styles of a page in by its nonce, and no script', () => {
    const policy = contentSecurityPolicy({ nonce: 'n0nce' });
    expect(policy).toContain("style-src 'self' 'nonce-n0nce'");
    expect(policy).toContain("script-src 'self';");
  });

  it('lets Stripe in by name, and nothing beside it, where the page takes cards with Stripe', () => {
    const policy = contentSecurityPolicy({ stripe: true });
    expect(policy).toContain("script-src 'self' https://js.stripe.com https://*.js.stripe.com;");
    expect(policy).toContain("connect-src 'self' https://api.stripe.com;");
    expect(policy).toContain('frame-src blob: https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com;');
    expect(policy).not.toMatch(/unsafe/);
    const hosts = [...policy.matchAll(/https:\/\/(\S+?)[; ]/g)].map(([, host]) => host);
    expect(hosts.filter((host) => !host?.endsWith('.stripe.com'))).toEqual([]);
  });

  it('is not all: other sites learn no path, frame nothing and read nothing', async () => {
    const server = fastify();
    securityHeaders(server);
    server.get('/', (_request, reply) => reply.send('ok'));
    expect((await server.inject('/')).headers).toMatchObject({
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    await server.close();
  });

  it('gives the permission to ask for a payment to Stripe’s frames only where there are any', async () => {
    for (const [stripe, permission] of [
      [false, 'payment=(self)'],
      [true, 'payment=(self "https://js.stripe.com")'],
    ] as const) {
      const server = fastify();
      securityHeaders(server, { stripe });
      server.get('/', (_request, reply) => reply.send('ok'));
      const { headers } = await server.inject('/');
      expect(headers['permissions-policy']).toContain(permission);
      expect(headers['content-security-policy']).not.toContain('stripe');
      await server.close();
    }
  });
});
