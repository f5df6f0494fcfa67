import { createHash, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { parse } from 'qs';
import { type Call, operationsOf, type Operation } from './api.js';
import type { Kept } from './objects.js';
import type { Parameters } from './parameters.js';
import { ProviderError, unknown } from './provider-error.js';
import { MemoryStore, type Row, type Store } from './store.js';
import { type WebhookFaults, Webhooks } from './webhooks.js';
import { World } from './world.js';

/** What may go wrong on the way to the provider; probabilities from 0 to 1. */
export interface HttpFaults {
  /** The work is done, its answer never arrives. */
  answerLost?: number;
  /** Refused with 500 before anything is done. */
  failure?: number;
  /** Least and most milliseconds of an answer. */
  delayMs?: [number, number];
}

export interface TestProviderOptions {
  secretKey: string;
  publishableKey: string;
  webhookSecret: string;
  /** Where events go; they stay here when it is undefined. Read at each delivery. */
  webhookUrl?: () => string | undefined;
  store?: Store;
  port?: number;
  host?: string;
  webhookFaults?: WebhookFaults;
  httpFaults?: HttpFaults;
  now?: () => Date;
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

interface Answer {
  status: number;
  body: unknown;
  /** Digest of the request that it was given to. */
  digest: string;
}

const MAX_BODY_BYTES = 64 * 1024;

/**
 * A double of Stripe's HTTP API on a port of its own. Whatever it answers is written first, so that neither its own end
 * nor its callers' loses anything that was answered.
 */
export async function startTestProvider(options: TestProviderOptions): Promise<TestProvider> {
  const { store = new MemoryStore(), now = () => new Date(), random = Math.random } = options;
  const world = new World(now);
  const answers = new Map<string, Answer>();
  const webhooks = new Webhooks(
    store,
    options.webhookSecret,
    options.webhookUrl ?? (() => undefined),
    options.webhookFaults ?? {},
    random,
  );
  const rows = await store.load();
  const dataOf = <T>(kind: Row['kind']) => rows.filter((row) => row.kind === kind).map((row) => row.data as T);
  world.restore(dataOf<Kept>('object'));
  for (const row of rows) if (row.kind === 'answer') answers.set(row.id, row.data as Answer);
  webhooks.restore(dataOf('delivery'));

  const state = { httpFaults: options.httpFaults ?? {}, underWay: new Set<string>() };
  const fastify = Fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, parse(body as string, { depth: 6, arrayLimit: 200 })),
  );
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => {
    try {
      done(null, body ? JSON.parse(body as string) : {});
    } catch (error) {
      done(Object.assign(error as Error, { statusCode: 400 }));
    }
  });
  fastify.setErrorHandler((error, _request, reply) => answerError(error as Error, reply));
  fastify.setNotFoundHandler((request, reply) =>
    answerError(unknown('API method', request.url.split('?')[0] ?? '', 'url'), reply),
  );

  const perform = async (operation: Operation, request: FastifyRequest, reply: FastifyReply) => {
    const fromBrowser = authorise(request, options, operation);
    const { httpFaults } = state;
    if (httpFaults.delayMs) {
      const [least, most] = httpFaults.delayMs;
      await new Promise((resolve) => setTimeout(resolve, least + random() * (most - least)));
    }
    if (random() < (httpFaults.failure ?? 0)) {
      throw new ProviderError(500, { type: 'api_error', message: 'Something went wrong on the provider’s end.' });
    }
    const parameters = {
      ...parse(request.url.split('?')[1] ?? ''),
      ...(request.body as object | undefined),
    } as Parameters;
    const { id = '' } = request.params as { id?: string };
    const header = request.headers['idempotency-key'];
    const key = operation.method === 'POST' && typeof header === 'string' ? `answer ${header}` : undefined;
    const digest = createHash('sha256')
      .update(`${request.url} ${JSON.stringify(parameters)}`)
      .digest('base64url');
    if (key !== undefined) {
      const before = answers.get(key);
      if (before) {
        if (before.digest !== digest) throw keyReused();
        void reply.header('idempotent-replayed', 'true');
        return reply.status(before.status).send(before.body);
      }
      if (state.underWay.has(key)) throw keyInUse();
      state.underWay.add(key);
    }
    try {
      const answer: Answer = { ...run(operation, { id, parameters, fromBrowser }), digest };
      const { objects, events } = world.takeChanges();
      const deliveries = webhooks.plan(events, Date.now());
      // What Stripe refuses before it begins is not kept under the key.
      const isKept = key !== undefined && (answer.status < 400 || answer.status === 402);
      await store.write([
        ...objects.map((object): Row => ({ id: object.id, kind: 'object', data: object })),
        ...deliveries,
        ...(isKept ? [{ id: key, kind: 'answer', data: answer } as const] : []),
      ]);
      if (isKept) answers.set(key, answer);
      webhooks.begin(deliveries);
      if (random() < (httpFaults.answerLost ?? 0)) {
        request.raw.socket.destroy();
        return reply.hijack();
      }
      return await reply.status(answer.status).send(answer.body);
    } finally {
      if (key !== undefined) state.underWay.delete(key);
    }
  };

  for (const operation of operationsOf(world)) {
    fastify.route({
      method: operation.method,
      url: operation.path,
      handler: (request, reply) => perform(operation, request, reply),
    });
  }
  testControls(fastify, options, webhooks, (faults) => (state.httpFaults = faults));
  await fastify.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  const { port } = fastify.server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    waiting: () => webhooks.waiting,
    setWebhookFaults: (faults) => {
      webhooks.faults = faults;
    },
    setHttpFaults: (faults) => {
      state.httpFaults = faults;
    },
    stop: async () => {
      await fastify.close();
      await webhooks.stop();
    },
  };
}

function run(operation: Operation, call: Call): { status: number; body: unknown } {
  try {
    return { status: 200, body: structuredClone(operation.run(call)) };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { status: error.status, body: { error: structuredClone(error.body) } };
  }
}

/** @returns whether a browser asks. @throws ProviderError 401, 403 */
function authorise(request: FastifyRequest, options: TestProviderOptions, operation: Operation): boolean {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const query = parse(request.url.split('?')[1] ?? '').key;
  const body = (request.body as { key?: unknown } | undefined)?.key;
  const key = bearer ?? (basic && Buffer.from(basic, 'base64').toString().split(':')[0]) ?? body ?? query;
  if (key === options.secretKey) return false;
  if (key !== options.publishableKey)
    throw new ProviderError(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' });
  if (!operation.open) {
    throw new ProviderError(403, {
      type: 'invalid_request_error',
      code: 'secret_key_required',
      message: 'This API call cannot be made with a publishable API key.',
    });
  }
  return true;
}

const keyReused = (): ProviderError =>
  new ProviderError(400, {
    type: 'idempotency_error',
    message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.',
  });

const keyInUse = (): ProviderError =>
  new ProviderError(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: 'There is currently another in-progress request using this Idempotent Key.',
  });

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
  webhooks: Webhooks,
  setHttpFaults: (faults: HttpFaults) => void,
): void {
  const control: Pick<Operation, 'open'> = { open: false };
  fastify.addHook('onSend', async (_request, reply) => {
    reply.header('request-id', `req_${randomUUID().replaceAll('-', '').slice(0, 14)}`);
  });
  fastify.post('/_test/webhooks', async (request) => {
    authorise(request, options, control as Operation);
    webhooks.faults = request.body as WebhookFaults;
    return webhooks.faults;
  });
  fastify.post('/_test/http', async (request) => {
    authorise(request, options, control as Operation);
    setHttpFaults(request.body as HttpFaults);
    return request.body;
  });
  fastify.get('/_test/webhooks', async (request) => {
    authorise(request, options, control as Operation);
    return { waiting: webhooks.waiting, faults: webhooks.faults };
  });
}
