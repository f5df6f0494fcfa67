import type { RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import replyFrom from '@fastify/reply-from';
import type { ServiceConfig } from '@medflow/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readBodies } from './bodies.js';
import { discard } from './body-reading.js';
import { canBeHandedOver, handOver } from './hand-over/hand-over.js';
import type { HandedAnswer } from './hand-over/handed-response.js';
import { PassingBody } from './passing-body.js';
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

function without(headers: Headers, ...patterns: RegExp[]): Headers {
  const kept: Headers = {};
  for (const name in headers) if (!patterns.some((pattern) => pattern.test(name))) kept[name] = headers[name];
  return kept;
}

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

export interface Upstream {
  /** Without a path; undefined while the service is not there. */
  origin: string | undefined;
  /** Of a service in this process: it is asked without a connection. */
  listener?: RequestListener | undefined;
}

export const serviceUpstream = (config: ServiceConfig, service: string): Upstream => ({
  origin: config.upstreams[service],
  listener: config.neighbours?.[service],
});

type Rewrite = (headers: Headers) => Headers;

export function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  { origin, listener }: Upstream,
  target: UpstreamTarget,
  rewriteHeaders: Rewrite = (headers) => headers,
): FastifyReply {
  const { body } = request;
  const passing = body instanceof PassingBody ? body : undefined;
  const unavailable = () =>
    passing?.fault
      ? answerFailure(passing.fault, request, reply)
      : refuse(request, reply, 503, 'service-unavailable', RETRY_AFTER_S);
  if (!origin) return unavailable();
  if (listener) {
    const head = {
      method: request.method,
      url: target.query ? `${target.path}?${target.query}` : target.path,
      headers: rewriteHeaders(headersOf(request, origin)) as Record<string, string>,
    };
    if (canBeHandedOver(head)) return forwardWithin(request, reply, listener, head, unavailable);
  }
  return reply.from(origin + target.path, {
    queryString: () => target.query,
    // A stream it takes from the request itself.
    ...(isBodyless(request) || passing ? {} : { body: body ?? null, contentType: contentTypeOf(request) }),
    rewriteRequestHeaders: (_request, headers) => rewriteHeaders(forwardedHeaders(request, headers)) as never,
    rewriteHeaders: answeredHeaders,
    // Who asked decides whether to ask again. By default a GET is repeated ten times while the service says 503.
    retryDelay: () => null,
    onError: () => void readOut(request, unavailable),
    onResponse: (_request, _reply, upstream) => {
      const { statusCode, stream } = upstream as unknown as { statusCode: number; stream: NodeJS.ReadableStream };
      if (statusCode < 502) return void readOut(request, () => reply.send(stream));
      stream.resume();
      return void readOut(request, unavailable);
    },
  });
}

/** Who is answered while still sending learns of it once that is read, for a moment. */
function readOut(request: FastifyRequest, answer: () => FastifyReply): void {
  const { body, raw } = request;
  if (!(body instanceof PassingBody) || raw.complete) return void answer();
  body.destroy();
  void discard(raw, request.routeOptions.config.maxBodyBytes ?? 0).then(() => {
    if (!raw.aborted) answer();
  });
}

const contentTypeOf = ({ headers }: FastifyRequest): string => headers['content-type'] ?? 'application/octet-stream';

const answeredHeaders = (headers: Headers) => ({ 'cache-control': 'no-store', ...without(headers, hopByHop) });

/** As `reply.from` sends them. */
function headersOf(request: FastifyRequest, origin: string): Headers {
  const headers: Headers = { ...request.headers, host: origin.slice(origin.indexOf('//') + 2) };
  // What a connection names is of that connection (RFC 9110 §7.6.1).
  for (const name of request.headers.connection?.split(',') ?? []) delete headers[name.trim().toLowerCase()];
  if (!isBodyless(request)) {
    const body = request.body as Buffer | PassingBody | undefined;
    if (!(body instanceof PassingBody)) headers['content-length'] = String(body?.length ?? 0);
    if (body) headers['content-type'] = contentTypeOf(request);
    else delete headers['content-type'];
  }
  return forwardedHeaders(request, headers);
}

function forwardWithin(
  request: FastifyRequest,
  reply: FastifyReply,
  listener: RequestListener,
  head: Parameters<typeof handOver>[1],
  unavailable: () => FastifyReply,
): FastifyReply {
  const body = isBodyless(request) ? undefined : (request.body as Buffer | PassingBody | undefined);
  handOver(listener, head, body, UPSTREAM_TIMEOUT_MS, (error, answer) => {
    if (!request.raw.aborted)
      readOut(request, () => (error || answer!.statusCode >= 502 ? unavailable() : pass(answer!)));
    else if (answer && !Buffer.isBuffer(answer.body)) answer.body.destroy();
  });
  return reply;

  function pass({ statusCode, headers, body: answered }: HandedAnswer): FastifyReply {
    reply.status(statusCode).headers(answeredHeaders(headers));
    // A body that nobody read would be taken for the next request.
    if (!request.raw.complete) reply.header('connection', 'close');
    if (!Buffer.isBuffer(answered)) return reply.send(answered);
    // Fastify gives bytes a type and an answer to HEAD a length, where the service gave it none or another; streams it leaves.
    if (request.method === 'HEAD' || (answered.length > 0 && !headers['content-type']))
      return reply.send(Readable.from(answered.length > 0 ? [answered] : []));
    return answered.length > 0 ? reply.send(answered) : reply.send();
  }
}
