import replyFrom from '@fastify/reply-from';
import { AccessTokens, MAX_BODY_BYTES, type ServiceConfig } from '@medflow/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from './problems.js';
import { limitRates, TooManyRequests } from './rate-limits.js';
import type { Route } from './route-table.js';

export const BASE_PATH = '/api/v1';
const UPSTREAM_TIMEOUT_MS = 30_000;
const CONNECTIONS_PER_SERVICE = 64;

const bearerOf = (request: FastifyRequest): string | undefined =>
  /^bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];

/** Headers that callers may not choose: ours, and those that say where they come from. */
function forwardedHeaders(request: FastifyRequest, headers: Record<string, unknown>): Record<string, unknown> {
  const forwarded: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith('x-medflow-') && !name.startsWith('x-forwarded-') && name !== 'forwarded')
      forwarded[name] = value;
  }
  forwarded['x-forwarded-for'] = request.ip;
  forwarded['x-forwarded-proto'] = request.protocol;
  forwarded['x-request-id'] = request.id;
  return forwarded;
}

/** Lets the operations of the table through to their services, bodies streamed both ways. */
export async function proxyRoutes(
  fastify: FastifyInstance,
  config: ServiceConfig,
  tokens: AccessTokens,
  routes: Route[],
): Promise<void> {
  await fastify.register(async (scope) => {
    // Bodies are not read here: the service that acts on them does, and refuses what it cannot use.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    await scope.register(replyFrom, {
      undici: {
        connections: CONNECTIONS_PER_SERVICE,
        pipelining: 1,
        keepAliveTimeout: 30_000,
        headersTimeout: UPSTREAM_TIMEOUT_MS,
        bodyTimeout: UPSTREAM_TIMEOUT_MS,
      },
      disableCache: false,
    });
    scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      if (error instanceof TooManyRequests)
        return refuse(request, reply, 429, 'too-many-requests', error.retryAfterSeconds);
      if (error.statusCode === 413) return refuse(request, reply, 413, 'body-too-large');
      if (error.statusCode && error.statusCode < 500) return refuse(request, reply, 400, 'malformed-request');
      return refuse(request, reply, 503, 'service-unavailable', 2);
    });
    scope.addHook('onRequest', async (request) => {
      const token = bearerOf(request);
      const account = token ? await tokens.verify(token) : null;
      if (account) request.account = account;
    });
    if (config.env.MEDFLOW_RATE_LIMITS !== 'off') await limitRates(scope);
    for (const route of routes) {
      scope.route({
        method: route.method,
        url: BASE_PATH + route.path,
        handler: (request, reply) => forward(route, request, reply, config),
      });
    }
    refuseOtherMethods(scope, routes);
  });
}

function forward(route: Route, request: FastifyRequest, reply: FastifyReply, config: ServiceConfig): FastifyReply {
  if (route.signedIn && !request.account) return refuse(request, reply, 401, 'unauthenticated');
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    reply.header('connection', 'close');
    return refuse(request, reply, 413, 'body-too-large');
  }
  const upstream = config.upstreams[route.service];
  if (!upstream) return refuse(request, reply, 503, 'service-unavailable', 2);
  return reply.from(upstream + request.url.slice(BASE_PATH.length), {
    rewriteRequestHeaders: (_request, headers) => forwardedHeaders(request, headers) as never,
    rewriteHeaders: (headers) => ({ 'cache-control': 'no-store', ...headers }),
    onError: (failed) => {
      refuse(request, failed as FastifyReply, 503, 'service-unavailable', 2);
    },
  });
}

/** A path that exists answers other methods with what it allows (RFC 9110 §15.5.6). */
function refuseOtherMethods(scope: FastifyInstance, routes: Route[]): void {
  const allowed = new Map<string, string[]>();
  for (const { path, method } of routes) allowed.set(path, [...(allowed.get(path) ?? []), method]);
  for (const [path, methods] of allowed) {
    const others = (['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'] as const).filter(
      (method) => !methods.includes(method),
    );
    scope.route({
      method: others,
      url: BASE_PATH + path,
      handler: (request, reply) => {
        reply.header('allow', methods.join(', '));
        return request.method === 'OPTIONS'
          ? reply.status(204).send()
          : refuse(request, reply, 405, 'method-not-allowed');
      },
    });
  }
}
