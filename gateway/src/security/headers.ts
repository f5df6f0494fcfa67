import type { FastifyInstance } from 'fastify';

/** Where Stripe's script comes from and runs. Source: Stripe, « Security at Stripe », content security policy. */
const STRIPE_JS = 'https://js.stripe.com https://*.js.stripe.com';

export interface PolicyOptions {
  nonce?: string;
  /** The page takes cards with Stripe: its script, its frames (3-D Secure among them) and its API are let in. */
  stripe?: boolean;
  /** From where else it shows pictures: a map’s. */
  images?: string | undefined;
}

/** Scripts, styles and connections of this origin only; inline styles need the nonce of their page. */
export const contentSecurityPolicy = ({ nonce, stripe = false, images }: PolicyOptions = {}): string =>
  [
    "default-src 'none'",
    `script-src 'self'${stripe ? ` ${STRIPE_JS}` : ''}`,
    `style-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''}`,
    `img-src 'self' data: blob:${images ? ` ${images}` : ''}`,
    "font-src 'self'",
    `connect-src 'self'${stripe ? ' https://api.stripe.com' : ''}`,
    // Documents that this page has read itself and shows.
    `frame-src blob:${stripe ? ` ${STRIPE_JS} https://hooks.stripe.com` : ''}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "media-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** What every answer carries, those to unreadable requests included. */
export const securityHeaderSet = ({ stripe = false }: Pick<PolicyOptions, 'stripe'> = {}): Record<string, string> => ({
  'content-security-policy': contentSecurityPolicy(),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': `camera=(self), microphone=(self), display-capture=(self), geolocation=(), ${
    stripe ? 'payment=(self "https://js.stripe.com")' : 'payment=(self)'
  }`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
});

/** On every answer; a page that needs another policy sets its own before this hook sees it. */
export function securityHeaders(fastify: FastifyInstance, options: Pick<PolicyOptions, 'stripe'> = {}): void {
  const { 'content-security-policy': policy, ...others } = securityHeaderSet(options);
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', policy);
    reply.headers(others);
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    done();
  });
}
