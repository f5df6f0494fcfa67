import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DynamicModule, Global, type INestApplication, Module, type Type } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { v7 as uuid } from 'uuid';
import type { AnyAccess } from '@medflow/access';
import { AccessTokens } from './auth/access-tokens.js';
import { AuthGuard } from './auth/auth.guard.js';
import { DeclaredSteps } from './auth/declared-steps.js';
import { EndedSessions } from './auth/ended-sessions.js';
import { correlation } from './correlation.js';
import { jsonBody } from './http/json-body.js';
import type { Messages } from './http/messages.js';
import { ProblemFilter } from './http/problem.filter.js';
import { trustedProxies } from './http/trusted-proxies.js';
import { validationPipe } from './http/validation.js';
import { createLogger } from './logging.js';
import { DatabaseHealth } from './mongo/database-health.js';
import {
  AliveController,
  httpDuration,
  LocalOperationsController,
  OperationsController,
  Readiness,
  serveOperations,
} from './operations.js';
import { OwnedIds } from './owned-ids.js';
import { logSecurity } from './security-log.js';
import {
  SERVICE_CONFIG,
  type RunningService,
  type ServiceConfig,
  type ServiceDefinition,
} from './service-definition.js';

export const MAX_BODY_BYTES = 1024 * 1024;
/** Milliseconds for a request to arrive: its headers, and all of it. */
export const HEADERS_TIMEOUT_MS = 15_000;
export const REQUEST_TIMEOUT_MS = 65_000;
/** Where bodies come that are not read whole first: 100 MB over a poor line. */
export const STREAMED_REQUEST_TIMEOUT_MS = 31 * 60_000;
/** How often Node looks for requests that are late. */
const TIMEOUTS_CHECKED_MS = 2_000;
/**
 * Connections that may wait to be taken, as far as the kernel lets them (`net.core.somaxconn`, 4,096 today): with Node's 511,
 * of 2,000 that come at once while the process is busy some knock again a second later, and some are reset.
 */
const LISTEN_BACKLOG = 4_096;
/** How often a service that stops looks for connections that have become idle. */
const IDLE_CHECKED_MS = 50;

export interface ServiceOptions {
  name: string;
  /** Who may do what here. */
  access?: AnyAccess;
  module: (config: ServiceConfig) => DynamicModule | Type;
  /** What people read for the service's own error codes. */
  messages?: Messages;
  /** Open to the world (the gateway): it believes no forwarded address, but from `MEDFLOW_TRUST_PROXY` hops before it. */
  public?: boolean;
  /** Fastify's own options, where its HTTP server is to differ from the others'. */
  server?: (config: ServiceConfig) => { http?: object; requestTimeout?: number };
  /** Plugins and the like, before routes are bound. */
  prepare?: (app: NestFastifyApplication, config: ServiceConfig) => Promise<void> | void;
  /** After the modules are initialised and before traffic: connect the bus. */
  start?: (app: NestFastifyApplication, config: ServiceConfig) => Promise<void>;
}

@Global()
@Module({})
class ServiceKitModule {
  static with(options: ServiceOptions, config: ServiceConfig): DynamicModule {
    return {
      module: ServiceKitModule,
      imports: [DiscoveryModule],
      controllers: operationsOf(options, config),
      providers: [
        { provide: SERVICE_CONFIG, useValue: config },
        AccessTokens,
        EndedSessions,
        Readiness,
        OwnedIds,
        DeclaredSteps,
        { provide: APP_GUARD, useClass: AuthGuard },
      ],
      exports: [SERVICE_CONFIG, AccessTokens, EndedSessions, Readiness, OwnedIds],
    };
  }
}

function operationsOf(options: ServiceOptions, { operationsPort }: ServiceConfig): Type[] {
  if (!options.public) return [AliveController, OperationsController];
  return operationsPort === undefined ? [AliveController, LocalOperationsController] : [AliveController];
}

/** The Nest application of a service, not yet listening: for tests and for the OpenAPI document. */
export async function createApplication(
  options: ServiceOptions,
  config: ServiceConfig,
  nest: { preview?: boolean } = {},
): Promise<NestFastifyApplication> {
  @Module({ imports: [ServiceKitModule.with(options, config), options.module(config) as Type] })
  class RootModule {}

  const server = options.server?.(config) ?? {};
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: 'idle',
    trustProxy: options.public ? trustedProxies(config.env.MEDFLOW_TRUST_PROXY) : true,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: (request: { headers: Record<string, unknown> }) => requestIdOf(request.headers['x-request-id']),
    routerOptions: { maxParamLength: 512 },
    ...server,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUTS_CHECKED_MS, ...server.http },
  } as never);
  const app = await NestFactory.create<NestFastifyApplication>(RootModule, adapter, {
    logger: createLogger(options.name, config.env.LOG_LEVEL),
    abortOnError: false,
    // Nest's own would read forms as well.
    bodyParser: false,
    // What is signed is signed byte by byte.
    rawBody: true,
    ...nest,
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  observe(fastify, options.name);
  logSecurity(fastify, options.name, config.env);
  readOnlyJson(app);
  await options.prepare?.(app, config);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(options.messages ?? {}, config.env.PUBLIC_URL));
  return app;
}

/** A caller's own id is kept when it is harmless, so that a trace can begin outside. */
export const requestIdOf = (header: unknown): string =>
  typeof header === 'string' && /^[\w.-]{8,128}$/.test(header) ? header : uuid();

/** Bodies are JSON or absent: an empty one is no fault (`POST …/accept`), any other media type is 415. */
function readOnlyJson(app: NestFastifyApplication): void {
  app.useBodyParser(
    'application/json',
    { bodyLimit: MAX_BODY_BYTES },
    (_request: unknown, body: Buffer, done: (error: Error | null, body?: unknown) => void) => {
      try {
        done(null, jsonBody(body));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  (app.getHttpAdapter().getInstance() as unknown as FastifyInstance).removeContentTypeParser('text/plain');
}

function observe(fastify: FastifyInstance, service: string): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const traceparent = request.headers.traceparent;
    correlation.run({ correlationId: request.id, ...(typeof traceparent === 'string' && { traceparent }) }, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    httpDuration.observe(
      { service, method: request.method, route, status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    done();
  });
}

function watchDatabase(app: INestApplication): void {
  const health = app.get(DatabaseHealth);
  app.get(Readiness).register('database', () => health.probe());
}

/**
 * Fastify closes connections that are idle once, at the beginning. One whose last answer comes after that would be kept for
 * its caller's next request, more than a minute, and hold up the end.
 */
async function closeWithConnections(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer() as Server;
  const closing = setInterval(() => server.closeIdleConnections(), IDLE_CHECKED_MS);
  await app.close().finally(() => clearInterval(closing));
}

/** A service as the launcher and `runAlone` host it. */
export function defineService(options: ServiceOptions): ServiceDefinition & { options: ServiceOptions } {
  return {
    name: options.name,
    options,
    async create(config: ServiceConfig): Promise<RunningService> {
      const app = await createApplication(options, config);
      let operations: Pick<RunningService, 'port' | 'close'> | undefined;
      try {
        await app.init();
        // The gateway has none.
        if (config.mongoUri) watchDatabase(app);
        for (const [name, check] of Object.entries(config.checks ?? {})) app.get(Readiness).register(name, check);
        await options.start?.(app, config);
        if (options.public && config.operationsPort !== undefined)
          operations = await serveOperations(app.get(Readiness), config.operationsPort, config.host);
        await app.listen({ port: config.port, host: config.host, backlog: LISTEN_BACKLOG } as never);
      } catch (error) {
        await operations?.close();
        await app.close().catch(() => undefined);
        throw error;
      }
      return {
        port: (app.getHttpServer().address() as AddressInfo).port,
        listener: (app.getHttpAdapter().getInstance() as unknown as FastifyInstance).routing as RequestListener,
        ...(operations && { operationsPort: operations.port }),
        close: async () => {
          app.get(Readiness).drain();
          await closeWithConnections(app);
          await operations?.close();
        },
      };
    },
  };
}
