import replyFrom from '@fastify/reply-from';
import { AccessTokens, MAX_BODY_BYTES, type ServiceConfig } from '@medflow/service-kit';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
  preHandlerAsyncHookHandler,
} from 'fastify';
import { refuse } from './problems.js';
import { limitRates, TooManyRequests } from './rate-limits.js';
import type { Route } from './route-table.js';

export const BASE_PATH = '/api/v1';
/** Operations that the gateway answers itself, by controllers of its own. */
const OWN = 'gateway';
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
  forwarded['x-forwarded-host'] = request.host;
  forwarded['x-request-id'] = request.id;
  return forwarded;
}

/** Lets the operations of the table through to their services, bodies streamed both ways; its own are only counted. */
export async function proxyRoutes(
  fastify: FastifyInstance,
  config: ServiceConfig,
  tokens: AccessTokens,
  routes: Route[],
): Promise<void> {
  const identify = async (request: FastifyRequest) => {
    const token = bearerOf(request);
    const account = token ? await tokens.verify(token) : null;
    if (account) request.account = account;
  };
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
    scope.addHook('onRequest', identify);
    if (config.env.MEDFLOW_RATE_LIMITS !== 'off') countOwn(fastify, routes, identify, await limitRates(scope));
    for (const route of routes.filter(({ service }) => service !== OWN)) {
      scope.route({
        method: route.method,
        url: BASE_PATH + route.path,
        handler: (request, reply) => forward(route, request, reply, config),
      });
    }
    refuseOtherMethods(scope, routes);
  });
}

/** The gateway's own operations have the quotas of all others. */
function countOwn(
  fastify: FastifyInstance,
  routes: Route[],
  identify: onRequestAsyncHookHandler,
  count: preHandlerAsyncHookHandler,
): void {
  const own = new Set(routes.filter(({ service }) => service === OWN).map(({ path }) => BASE_PATH + path));
  fastify.addHook('onRoute', (route) => {
    if (!own.has(route.url)) return;
    route.onRequest = [identify, route.onRequest ?? []].flat();
    route.preHandler = [count, route.preHandler ?? []].flat();
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
