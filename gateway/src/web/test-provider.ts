import replyFrom from '@fastify/reply-from';
import type { ServiceConfig } from '@medflow/service-kit';
import type { FastifyInstance } from 'fastify';
import { limitRates } from '../proxy/rate-limits.js';

const PREFIX = '/test-provider';
const MAX_BODY_BYTES = 64 * 1024;

/**
 * In test mode the page talks to the payment provider through here, as it talks to Stripe directly otherwise. Only with
 * the publishable key: the provider refuses it everything but what a browser may do.
 */
export async function serveTestProvider(fastify: FastifyInstance, config: ServiceConfig, url: string): Promise<void> {
  await fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    await scope.register(replyFrom, { undici: { connections: 8 } });
    if (config.env.MEDFLOW_RATE_LIMITS !== 'off') await limitRates(scope);
    scope.route({
      method: ['GET', 'POST'],
      url: `${PREFIX}/v1/*`,
      handler: (request, reply) => {
        if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return reply.status(413).send();
        return reply.from(url + request.url.slice(PREFIX.length), {
          // Neither the session nor our tokens are the provider's business.
          rewriteRequestHeaders: (_request, { cookie: _cookie, authorization: _authorization, ...headers }) => headers,
        });
      },
    });
  });
}
