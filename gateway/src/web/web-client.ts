import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../proxy/problems.js';
import { contentSecurityPolicy } from '../security/headers.js';
import { FirstPaints, type Painted } from './first-paint/first-paint.js';
import { type MapTiles, withMapTiles } from './map-tiles.js';

const YEAR_S = 31_536_000;
const NONCE = '__CSP_NONCE__';

const notBuilt = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>MedFlow</title>
<p>La page n’est pas construite : <code>npm run build</code>.</p></html>`;

/** Never pages of the client, whose router would show one for anything: what is not served here is not there. */
const RESERVED = /^\/(api|healthz|internal|mailbox|metrics|problems|readyz|realtime|test-provider)(\/|$)/;

const wantsPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') && /text\/html|\*\/\*/.test(request.headers.accept ?? '*/*');

/** The built client: hashed assets for a year, the page itself fresh each time with a nonce of its own. */
export async function serveWebClient(
  fastify: FastifyInstance,
  root: string,
  { stripe, map }: { stripe: boolean; map?: MapTiles | undefined },
): Promise<void> {
  const index = join(root, 'index.html');
  const isBuilt = existsSync(index);
  const template = isBuilt ? readFileSync(index, 'utf8') : notBuilt;
  const paints = new FirstPaints(fastify, root, map ? withMapTiles(template, map) : template);
  const page = (reply: FastifyReply, { html, status, locale }: Painted): FastifyReply => {
    const nonce = randomBytes(16).toString('base64url');
    return reply
      .status(status)
      .header('content-security-policy', contentSecurityPolicy({ nonce, stripe, images: map?.source }))
      .header('cache-control', 'no-cache')
      .header('content-language', locale)
      .header('vary', 'accept-language')
      .type('text/html; charset=utf-8')
      .send(html.replaceAll(NONCE, nonce));
  };
  await fastify.register(async (scope) => {
    await scope.register(compress, { encodings: ['br', 'gzip'], threshold: 1024 });
    if (isBuilt) await serveFiles(scope, root);
    scope.get('/', (request, reply) => page(reply, paints.home(request)));
    scope.get('/index.html', (request, reply) => page(reply, paints.home(request)));
    scope.get('/doctors', async (request, reply) => page(reply, await paints.directory(request)));
    scope.get<{ Params: { id: string } }>('/doctors/:id', async (request, reply) =>
      page(reply, await paints.doctor(request, request.params.id)),
    );
    // What is neither an asset nor the API is a page of the client, whose router knows what is not found.
    scope.get('/*', (request, reply) => {
      const path = request.url.split('?')[0] ?? '/';
      if (RESERVED.test(path) || /\.\w+$/.test(path) || !wantsPage(request))
        return refuse(request, reply, 404, 'not-found');
      return page(reply.header('x-robots-tag', 'noindex'), paints.plain(request));
    });
  });
}

/** As they were built, compressed then. */
async function serveFiles(scope: FastifyInstance, root: string): Promise<void> {
  await scope.register(fastifyStatic, {
    root,
    index: false,
    wildcard: false,
    globIgnore: ['**/index.html', '**/*.br'],
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response: { header(name: string, value: string): unknown }, path: string) => {
      const hashed = path.includes('/assets/');
      response.header('cache-control', hashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
    },
  });
}
