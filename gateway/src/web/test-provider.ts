import type { ServiceConfig } from '@medflow/service-kit';
import type { FastifyInstance } from 'fastify';
import { forward, forwardingScope } from '../proxy/forward.js';
import { refuse } from '../proxy/problems.js';
import { limitRates } from '../proxy/rate-limits.js';
import { upstreamTargetOf } from '../proxy/upstream-target.js';

const PREFIX = '/test-provider';
const MAX_BODY_BYTES = 64 * 1024;

/** What a browser may do with the publishable key. */
const operations = [
  ['POST', '/v1/payment_methods'],
  ['GET', '/v1/payment_intents/:id'],
  ['POST', '/v1/payment_intents/:id/confirm'],
  ['GET', '/v1/setup_intents/:id'],
  ['POST', '/v1/setup_intents/:id/confirm'],
  ['POST', '/v1/authentications/:id'],
] as const;

/** In test mode the page talks to the payment provider through here, as it talks to Stripe directly otherwise. */
export async function serveTestProvider(fastify: FastifyInstance, config: ServiceConfig, url: string): Promise<void> {
  const origin = url.replace(/\/+$/, '');
  await forwardingScope(fastify, { connections: 8 }, async (scope) => {
    if (config.env.MEDFLOW_RATE_LIMITS !== 'off') await limitRates(scope);
    for (const [method, template] of operations) {
      const targetOf = upstreamTargetOf(template);
      scope.route({
        method,
        url: PREFIX + template,
        config: { maxBodyBytes: MAX_BODY_BYTES },
        handler: (request, reply) => {
          const target = targetOf(request);
          if (!target) return refuse(request, reply, 404, 'not-found');
          // Neither the session nor our tokens are the provider's business.
          return forward(
            request,
            reply,
            { origin },
            target,
            ({ cookie: _c, authorization: _a, ...headers }) => headers,
          );
        },
      });
    }
  });
}
