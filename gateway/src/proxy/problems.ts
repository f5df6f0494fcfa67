import { localeOf, problemOf } from '@medflow/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TooManyRequests } from './rate-limits.js';
import { UNREADABLE } from './target.js';

declare module 'fastify' {
  interface FastifyInstance {
    publicUrl: string | undefined;
  }
}

/** Answers a request that goes no further than the gateway. */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: string,
  retryAfterSeconds?: number,
): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  request.refusal = code;
  const [path = '/'] = request.url.split('?');
  const context = {
    instance: path === UNREADABLE ? '/' : path,
    requestId: request.id,
    locale: localeOf(request.headers['accept-language']),
    messages: {},
    publicUrl: request.server.publicUrl,
  };
  return reply
    .removeHeader('content-encoding')
    .status(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(
      JSON.stringify(problemOf(status, code, context, retryAfterSeconds === undefined ? {} : { retryAfterSeconds })),
    );
}

const codes: Readonly<Record<number, string>> = {
  408: 'request-timeout',
  413: 'body-too-large',
  415: 'unsupported-media-type',
};

/** Of what was thrown on the way: what the sender did wrong, else that the service cannot be had. */
export function answerFailure(
  error: Error & { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof TooManyRequests)
    return refuse(request, reply, 429, 'too-many-requests', error.retryAfterSeconds);
  const { statusCode = 503 } = error;
  if (statusCode >= 500) return refuse(request, reply, 503, 'service-unavailable', 2);
  const code = codes[statusCode];
  return code ? refuse(request, reply, statusCode, code) : refuse(request, reply, 400, 'malformed-request');
}
