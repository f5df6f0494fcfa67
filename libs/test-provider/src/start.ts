import { createHash, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { parse } from 'qs';
import type { Operation } from './api.js';
import { Engine } from './engine.js';
import { type HttpFaults, httpFaultsOf, type WebhookFaults, webhookFaultsOf } from './faults.js';
import type { Parameters } from './parameters.js';
import { ProviderError, unknown } from './provider-error.js';
import { MemoryStore, type Store } from './store.js';

export interface TestProviderOptions {
  secretKey: string;
  publishableKey: string;
  webhookSecret: string;
  /** Where events go; they wait while it answers undefined, and are not sent at all without it. */
  webhookUrl?: () => string | undefined;
  store?: Store;
  port?: number;
  host?: string;
  webhookFaults?: WebhookFaults;
  httpFaults?: HttpFaults;
  now?: () => Date;
  /** From 0 to 1; a seeded one makes faults repeat. */
  random?: () => number;
}

export interface TestProvider {
  port: number;
  url: string;
  /** Webhooks that have not arrived yet. */
  waiting(): number;
  setWebhookFaults(faults: WebhookFaults): void;
  setHttpFaults(faults: HttpFaults): void;
  stop(): Promise<void>;
}

const MAX_BODY_BYTES = 64 * 1024;

/**
 * A double of Stripe's HTTP API on a port of its own. Whatever it answers is written first, so that neither its own end
 * nor its callers' loses anything that was answered.
 */
export async function startTestProvider(options: TestProviderOptions): Promise<TestProvider> {
  const { random = Math.random } = options;
  const engine = await Engine.open({
    store: options.store ?? new MemoryStore(),
    webhookSecret: options.webhookSecret,
    webhookUrl: options.webhookUrl,
    webhookFaults: options.webhookFaults ?? {},
    now: options.now ?? (() => new Date()),
    random,
  });
  const state = { httpFaults: options.httpFaults ?? {} };
  const fastify = formServer();
  const perform = async (operation: Operation, request: FastifyRequest, reply: FastifyReply) => {
    const fromBrowser = authorise(request, options, operation.open);
    const fails = await failAsAsked(state.httpFaults, random);
    const { id = '' } = request.params as { id?: string };
    const parameters = parametersOf(request);
    const key = keyOf(request, parameters);
    const answer = await engine.execute(operation, { id, parameters, fromBrowser }, key, fails);
    if (answer.replayed) void reply.header('idempotent-replayed', 'true');
    // The same would come again: Stripe's SDK need not try.
    if (answer.status >= 500 && key) void reply.header('stripe-should-retry', 'false');
    if (!answer.replayed && random() < (state.httpFaults.answerLost ?? 0)) {
      request.raw.socket.destroy();
      return reply.hijack();
    }
    return reply.status(answer.status).send(answer.body);
  };
  for (const operation of engine.operations) {
    fastify.route({
      method: operation.method,
      url: operation.path,
      handler: (request, reply) => perform(operation, request, reply),
    });
  }
  testControls(fastify, options, engine, (faults) => (state.httpFaults = faults));
  try {
    await fastify.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  } catch (error) {
    await engine.close();
    throw error;
  }
  const { port } = fastify.server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    waiting: () => engine.webhooks.waiting,
    setWebhookFaults: (faults) => {
      engine.webhooks.faults = faults;
    },
    setHttpFaults: (faults) => {
      state.httpFaults = faults;
    },
    stop: async () => {
      await fastify.close();
      await engine.close();
    },
  };
}

/** Takes forms as Stripe's SDK sends them, and JSON. */
function formServer(): FastifyInstance {
  const fastify = Fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, parse(body as string, { depth: 6, arrayLimit: 200 })),
  );
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => {
    try {
      done(null, body ? JSON.parse(body as string) : {});
    } catch {
      // Without the parser's words: they repeat what was typed.
      done(Object.assign(new Error('The body is not JSON.'), { statusCode: 400 }));
    }
  });
  fastify.addHook('onSend', async (_request, reply) => {
    reply.header('request-id', `req_${randomUUID().replaceAll('-', '').slice(0, 14)}`);
  });
  fastify.setErrorHandler((error, _request, reply) => answerError(error as Error, reply));
  fastify.setNotFoundHandler((request, reply) =>
    answerError(unknown('API method', request.url.split('?')[0] ?? '', 'url'), reply),
  );
  return fastify;
}

const queryOf = (request: FastifyRequest) => parse(request.url.split('?')[1] ?? '');

const parametersOf = (request: FastifyRequest): Parameters => ({
  ...queryOf(request),
  ...(request.body as object | undefined),
});

function keyOf(request: FastifyRequest, parameters: Parameters): { id: string; digest: string } | undefined {
  const id = request.headers['idempotency-key'];
  if (request.method !== 'POST' || typeof id !== 'string') return undefined;
  const digest = createHash('sha256')
    .update(`${request.url} ${JSON.stringify(parameters)}`)
    .digest('base64url');
  return { id, digest };
}

/** Takes as long, and says how it is to fail, as often as asked. */
async function failAsAsked(
  { delayMs, failure = 0, failureAfter = 0 }: HttpFaults,
  random: () => number,
): Promise<'before' | 'after' | undefined> {
  if (delayMs) {
    const [least, most] = delayMs;
    await new Promise((resolve) => setTimeout(resolve, least + random() * (most - least)));
  }
  if (random() < failure) return 'before';
  return random() < failureAfter ? 'after' : undefined;
}

/**
 * @param open also to browsers
 * @returns whether a browser asks
 * @throws ProviderError 401, 403
 */
function authorise(request: FastifyRequest, options: TestProviderOptions, open = false): boolean {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const body = (request.body as { key?: unknown } | undefined | null)?.key;
  const key =
    bearer ?? (basic && Buffer.from(basic, 'base64').toString().split(':')[0]) ?? body ?? queryOf(request).key;
  if (key === options.secretKey) return false;
  if (key !== options.publishableKey)
    throw new ProviderError(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' });
  if (!open) {
    throw new ProviderError(403, {
      type: 'invalid_request_error',
      code: 'secret_key_required',
      message: 'This API call cannot be made with a publishable API key.',
    });
  }
  return true;
}

function answerError(error: Error, reply: FastifyReply): FastifyReply {
  if (error instanceof ProviderError) return reply.status(error.status).send({ error: error.body });
  const { statusCode = 500 } = error as { statusCode?: number };
  const type = statusCode < 500 ? 'invalid_request_error' : 'api_error';
  return reply
    .status(statusCode)
    .send({ error: { type, message: statusCode < 500 ? error.message : 'Internal error' } });
}

/** Faults set while it runs, with the secret key only. */
function testControls(
  fastify: FastifyInstance,
  options: TestProviderOptions,
  { webhooks }: Engine,
  setHttpFaults: (faults: HttpFaults) => void,
): void {
  fastify.post('/_test/webhooks', async (request) => {
    authorise(request, options);
    webhooks.faults = webhookFaultsOf(request.body);
    return webhooks.faults;
  });
  fastify.post('/_test/http', async (request) => {
    authorise(request, options);
    const faults = httpFaultsOf(request.body);
    setHttpFaults(faults);
    return faults;
  });
  fastify.get('/_test/webhooks', async (request) => {
    authorise(request, options);
    return { waiting: webhooks.waiting, faults: webhooks.faults };
  });
}
