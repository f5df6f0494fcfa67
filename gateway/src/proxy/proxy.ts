import compress from '@fastify/compress';
import { AccessTokens, type ServiceConfig } from '@medflow/service-kit';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
  preParsingAsyncHookHandler,
} from 'fastify';
import { forward, forwardingScope, serviceUpstream } from './forward.js';
import { refuse } from './problems.js';
import { limitRates } from './rate-limits.js';
import type { Route } from './route-table.js';
import { upstreamTargetOf } from './upstream-target.js';

export const BASE_PATH = '/api/v1';
/** Operations that the gateway answers itself, by controllers of its own. */
const OWN = 'gateway';
const CONNECTIONS_PER_SERVICE = 64;
/**
 * What anybody may read goes compressed to who can take it: a month of times is 62 kB, a few of them on the line. What is
 * somebody's own does not, lest its length tell what stands in it beside what a stranger chose (BREACH).
 */
const compressed = { encodings: ['br', 'gzip'], threshold: 1024 } satisfies Parameters<typeof compress>[1];
/** No path here has any other. */
export const methodsKnown = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const bearerOf = (request: FastifyRequest): string | undefined =>
  /^bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];

/** Lets the operations of the table through to their services; its own are only counted. */
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
  await forwardingScope(fastify, { connections: CONNECTIONS_PER_SERVICE }, async (scope) => {
    await scope.register(compress, { global: false, globalDecompression: false });
    scope.addHook('onRequest', identify);
    if (config.env.MEDFLOW_RATE_LIMITS !== 'off') countOwn(fastify, routes, identify, await limitRates(scope));
    for (const route of routes.filter(({ service }) => service !== OWN)) letThrough(scope, route, config);
    refuseOtherMethods(scope, routes);
  });
}

function letThrough(scope: FastifyInstance, route: Route, config: ServiceConfig): void {
  const targetOf = upstreamTargetOf(route.path);
  scope.route({
    method: route.method,
    url: BASE_PATH + route.path,
    config: {
      ...(route.maxBodyBytes !== undefined && { maxBodyBytes: route.maxBodyBytes }),
      ...(route.streamed && { streamed: true }),
    },
    ...(route.method === 'GET' && !route.signedIn && { compress: compressed }),
    // Before the body: who is not let in need not be waited for.
    onRequest: async (request, reply) => {
      if (route.anyOrigin) reply.header('access-control-allow-origin', '*');
      if (route.signedIn && !request.account) return refuse(request, reply, 401, 'unauthenticated');
    },
    handler: (request, reply) => {
      const target = targetOf(request);
      if (!target) return refuse(request, reply, 404, 'not-found');
      return forward(request, reply, serviceUpstream(config, route.service), target);
    },
  });
}

/** The gateway's own operations have the quotas of all others. */
function countOwn(
  fastify: FastifyInstance,
  routes: Route[],
  identify: onRequestAsyncHookHandler,
  count: preParsingAsyncHookHandler,
): void {
  const own = new Set(routes.filter(({ service }) => service === OWN).map(({ path }) => BASE_PATH + path));
  fastify.addHook('onRoute', (route) => {
    if (!own.has(route.url)) return;
    route.onRequest = [identify, route.onRequest ?? []].flat();
    route.preParsing = [count, route.preParsing ?? []].flat();
  });
}

/** A path that exists answers other methods with what it allows (RFC 9110 §15.5.6). */
function refuseOtherMethods(scope: FastifyInstance, routes: Route[]): void {
  const allowed = new Map<string, string[]>();
  for (const { path, method } of routes) allowed.set(path, [...(allowed.get(path) ?? []), method]);
  const ofAnyOrigin = new Set(routes.filter(({ anyOrigin }) => anyOrigin).map(({ path }) => path));
  for (const [path, methods] of allowed) {
    const answered = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
    scope.route({
      method: methodsKnown.filter((method) => !answered.includes(method)),
      url: BASE_PATH + path,
      onRequest: async (request, reply) => {
        reply.header('allow', methods.join(', '));
        if (ofAnyOrigin.has(path)) allowAnyOrigin(reply, methods);
        return request.method === 'OPTIONS'
          ? reply.status(204).send()
          : refuse(request, reply, 405, 'method-not-allowed');
      },
      handler: () => undefined,
    });
  }
}

/** What a browser asks before a page of another origin may send JSON (Fetch standard, CORS-preflight). */
function allowAnyOrigin(reply: FastifyReply, methods: readonly string[]): void {
  reply.headers({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '7200',
  });
}
