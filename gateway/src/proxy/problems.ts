import { localeOf, problemOf } from '@medflow/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Answers a request that goes no further than the gateway. */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: string,
  retryAfterSeconds?: number,
): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  const context = {
    instance: request.url.split('?')[0] ?? '/',
    requestId: request.id,
    locale: localeOf(request.headers['accept-language']),
    messages: {},
  };
  return reply
    .status(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(
      JSON.stringify(problemOf(status, code, context, retryAfterSeconds === undefined ? {} : { retryAfterSeconds })),
    );
}
