import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Upstreams } from '../composition/upstreams.js';
import { RETRY_AFTER_S } from '../proxy/forward.js';
import { refuse } from '../proxy/problems.js';
import { markup } from './first-paint/markup.js';

const HOUR_MS = 3_600_000;
/** Of one file. Source: sitemaps.org, protocol 0.9. */
const MOST_URLS = 50_000;
const PAGE = 100;

const ids = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() });

/** What search engines may read: the public pages, each published doctor's among them. */
export function serveSitemap(fastify: FastifyInstance, upstreams: Pick<Upstreams, 'get'>): void {
  const base = (fastify.publicUrl ?? '').replace(/\/$/, '');
  const doctors = async (): Promise<string[]> => {
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null && found.length < MOST_URLS;) {
      const after: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const page: z.infer<typeof ids> = await upstreams.get('profiles', `/doctors?limit=${PAGE}${after}`, ids);
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    return found;
  };
  let kept: { at: number; ids: Promise<string[]> } | undefined;
  const known = (): Promise<string[]> => {
    if (kept && Date.now() - kept.at < HOUR_MS) return kept.ids;
    const asked = { at: Date.now(), ids: doctors() };
    asked.ids.catch(() => (kept = undefined));
    return (kept = asked).ids;
  };
  fastify.get('/robots.txt', (_request, reply) => {
    const lines = ['User-agent: *', 'Disallow: /api/', 'Disallow: /mailbox', `Sitemap: ${base}/sitemap.xml`, ''];
    return reply.type('text/plain; charset=utf-8').send(lines.join('\n'));
  });
  fastify.get('/sitemap.xml', async (request, reply) => {
    const ids = await known().catch(() => undefined);
    if (!ids) return refuse(request, reply, 503, 'service-unavailable', RETRY_AFTER_S);
    const paths = ['/', '/doctors', ...ids.map((id) => `/doctors/${encodeURIComponent(id)}`)];
    const urls = paths.slice(0, MOST_URLS).map((path) => markup`<url><loc>${base}${path}</loc></url>\n`);
    const { source } = markup`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls}</urlset>
`;
    return reply.header('cache-control', 'public, max-age=3600').type('application/xml; charset=utf-8').send(source);
  });
}
