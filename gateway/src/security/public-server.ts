import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemOf, requestIdOf, type ServiceConfig, STREAMED_REQUEST_TIMEOUT_MS } from '@medflow/service-kit';
import type { FastifyInstance } from 'fastify';
import { waitForContinue } from '../proxy/body-reading.js';
import { refuse } from '../proxy/problems.js';
import { methodsKnown } from '../proxy/proxy.js';
import { targetReader, UNREADABLE } from '../proxy/target.js';
import { REALTIME_PATH } from '../realtime/hub.js';
import { securityHeaderSet } from './headers.js';

/** Together at most 16 KiB by Node's own limit; browsers send some twenty, proxies add a handful. */
const MAX_HEADERS = 100;
/** Longer than any answer takes. */
const SILENT_SOCKET_MS = 120_000;
const LINGER_MS = 1_000;

const isStripe = ({ env }: ServiceConfig): boolean => Boolean(env.STRIPE_PUBLISHABLE_KEY);

/** What Node could not read: its status and our code. */
function faultOf({ code }: { code?: string }): [status: number, code: string] {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'request-timeout'];
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'headers-too-large'];
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return [413, 'body-too-large'];
  return [400, 'malformed-request'];
}

/** A whole answer in bytes, for connections on which Node gave us no request to answer. */
function rawAnswer(config: ServiceConfig, status: number, code: string, more: Record<string, string> = {}): string {
  const requestId = requestIdOf(undefined);
  const context = { instance: '/', requestId, locale: 'fr', messages: {}, publicUrl: config.env.PUBLIC_URL } as const;
  const body = JSON.stringify(problemOf(status, code, context));
  const headers = {
    ...securityHeaderSet({ stripe: isStripe(config) }),
    ...more,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    'x-request-id': requestId,
    date: new Date().toUTCString(),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n');
}

/** Closes the connection, with the answer where none has begun. */
function hangUp(socket: Duplex & { _httpMessage?: { headersSent: boolean } | null }, answer: string): void {
  socket.on('error', () => undefined);
  if (socket.writableEnded) return;
  if (!socket.writable || socket._httpMessage?.headersSent) return void socket.destroy();
  socket.end(answer);
  // Closed with bytes unread, the connection would be reset, and the answer perhaps lost.
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

/** Fastify's options for the port that is open to the world. */
export function publicServer(config: ServiceConfig) {
  const targetOf = targetReader(config.env.PUBLIC_URL);
  return {
    connectionTimeout: SILENT_SOCKET_MS,
    // Bodies have their own limits of time (proxy/body-reading.ts): those that pass through may take half an hour.
    requestTimeout: STREAMED_REQUEST_TIMEOUT_MS,
    rewriteUrl: (request: IncomingMessage) => targetOf(request) ?? UNREADABLE,
    // Longer than any target, so that no parameter is refused before the hooks, which give every answer its headers.
    routerOptions: { maxParamLength: 20_000 },
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Duplex) => {
      if (error.code === 'ECONNRESET') return socket.destroy();
      return hangUp(socket, rawAnswer(config, ...faultOf(error)));
    },
    http: {
      // A host is demanded where targets are read, so that its lack is told as every other fault.
      requireHostHeader: false,
      // What offers another protocol (h2c) is answered in this one.
      shouldUpgradeCallback: ({ url, headers }: IncomingMessage) =>
        url?.startsWith(REALTIME_PATH) === true && headers.upgrade?.toLowerCase() === 'websocket',
    },
  };
}

/** What can be said only to a server that is there. */
export function guardServer(fastify: FastifyInstance, config: ServiceConfig): void {
  const server = fastify.server as Server;
  const answerLater = (request: IncomingMessage, response: ServerResponse) => {
    waitForContinue(request, response);
    server.emit('request', request, response);
  };
  server.on('checkContinue', answerLater);
  // Other expectations than « 100-continue » may be left unheard (RFC 9110 §10.1.1).
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (_request: IncomingMessage, socket: Duplex) =>
    hangUp(socket, rawAnswer(config, 405, 'method-not-allowed', { allow: methodsKnown.join(', ') })),
  );
  // All are let through Node, which would leave out in silence what is beyond its own number.
  server.maxHeadersCount = 0;
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.raw.rawHeaders.length > 2 * MAX_HEADERS) return refuse(request, reply, 431, 'headers-too-large');
    if (methodsKnown.includes(request.method)) return;
    reply.header('allow', methodsKnown.join(', '));
    return refuse(request, reply, 405, 'method-not-allowed');
  });
  fastify.route({
    method: methodsKnown,
    url: UNREADABLE,
    onRequest: async (request, reply) => refuse(request, reply, 400, 'malformed-request'),
    handler: () => undefined,
  });
  fastify.options('/', (_request, reply) => reply.header('allow', 'GET, HEAD, OPTIONS').status(204).send());
}

/** Live events are answered before Fastify sees them: after the hub is attached, their answers get our headers too. */
export function guardRealtime(server: Server, config: ServiceConfig): void {
  const headers = new Map(Object.entries(securityHeaderSet({ stripe: isStripe(config) })));
  server.prependListener('request', ({ url }, response) => {
    if (url?.startsWith(REALTIME_PATH)) response.setHeaders(headers);
  });
}
