import replyFrom from '@fastify/reply-from';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readBodies } from './bodies.js';
import { answerFailure, refuse } from './problems.js';
import type { UpstreamTarget } from './upstream-target.js';

const UPSTREAM_TIMEOUT_MS = 30_000;
export const RETRY_AFTER_S = 2;

type Headers = Record<string, unknown>;

/** Of one connection and not of the message (RFC 9110 §7.6.1); `Expect` is answered by us. */
const hopByHop = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect)$/;
const ofBody = /^content-(length|type|encoding)$/;
/** Ours, and what says where a request comes from: callers may not choose them. */
const reserved = /^(x-medflow-.*|x-forwarded-.*|x-real-ip|forwarded|via)$/;

const without = (headers: Headers, ...patterns: RegExp[]): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !patterns.some((pattern) => pattern.test(name))));

const isBodyless = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

/** What the service is told of the request, which is all that it believes of where it comes from. */
const forwardedHeaders = (request: FastifyRequest, headers: Headers): Headers => ({
  ...without(headers, hopByHop, reserved, ...(isBodyless(request) ? [ofBody] : [])),
  'x-forwarded-for': request.ip,
  'x-forwarded-proto': request.protocol,
  'x-forwarded-host': request.host,
  'x-request-id': request.id,
});

/** A scope whose requests go on to others: bodies are read whole first, failures are problems. */
export async function forwardingScope(
  fastify: FastifyInstance,
  { connections }: { connections: number },
  routes: (scope: FastifyInstance) => Promise<void> | void,
): Promise<void> {
  await fastify.register(async (scope) => {
    readBodies(scope);
    await scope.register(replyFrom, {
      undici: {
        connections,
        pipelining: 1,
        keepAliveTimeout: UPSTREAM_TIMEOUT_MS,
        headersTimeout: UPSTREAM_TIMEOUT_MS,
        bodyTimeout: UPSTREAM_TIMEOUT_MS,
      },
      disableRequestLogging: true,
    });
    scope.setErrorHandler(answerFailure);
    await routes(scope);
  });
}

/** @param origin of the service, without a path; undefined while it is not there */
export function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  origin: string | undefined,
  { path, query }: UpstreamTarget,
  rewriteHeaders: (headers: Headers) => Headers = (headers) => headers,
): FastifyReply {
  const unavailable = () => refuse(request, reply, 503, 'service-unavailable', RETRY_AFTER_S);
  if (!origin) return unavailable();
  return reply.from(origin + path, {
    queryString: () => query,
    ...(isBodyless(request)
      ? {}
      : { body: request.body ?? null, contentType: request.headers['content-type'] ?? 'application/octet-stream' }),
    rewriteRequestHeaders: (_request, headers) => rewriteHeaders(forwardedHeaders(request, headers)) as never,
    rewriteHeaders: (headers) => ({ 'cache-control': 'no-store', ...without(headers, hopByHop) }),
    // Who asked decides whether to ask again. By default a GET is repeated ten times while the service says 503.
    retryDelay: () => null,
    onError: unavailable,
    onResponse: (_request, _reply, upstream) => {
      const { statusCode, stream } = upstream as unknown as { statusCode: number; stream: NodeJS.ReadableStream };
      if (statusCode < 502) return reply.send(stream);
      stream.resume();
      return unavailable();
    },
  });
}
