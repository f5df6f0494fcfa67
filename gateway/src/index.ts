import { fileURLToPath } from 'node:url';
import { CountryRules } from '@medflow/rules';
import { AccessTokens, defineService, Readiness } from '@medflow/service-kit';
import type { FastifyInstance } from 'fastify';
import { access } from './access.js';
import { messages } from './composition/messages.js';
import { Upstreams } from './composition/upstreams.js';
import { publicDocument } from './document.js';
import { GatewayModule, HubLifecycle } from './gateway.module.js';
import { serveProblemPages } from './problems/problem-pages.js';
import { BASE_PATH, proxyRoutes } from './proxy/proxy.js';
import { routesOf } from './proxy/route-table.js';
import { RealtimeHub } from './realtime/hub.js';
import { securityHeaders } from './security/headers.js';
import { guardRealtime, guardServer, publicServer } from './security/public-server.js';
import { serveApiDocs } from './web/api-docs.js';
import { mapTilesOf } from './web/map-tiles.js';
import { serveMailbox } from './web/mailbox.js';
import { serveSitemap } from './web/sitemap.js';
import { serveTestProvider } from './web/test-provider.js';
import { serveWebClient } from './web/web-client.js';

const builtClient = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** The one door: public API, web client, live events. */
export const gateway = defineService({
  name: 'gateway',
  access,
  public: true,
  module: (config) => GatewayModule.forService(config),
  messages,
  server: publicServer,
  prepare: async (app, config) => {
    // What the gateway composes is beside what it lets through; what operators look at is not.
    app.setGlobalPrefix(BASE_PATH, { exclude: ['healthz', 'readyz', 'metrics'] });
    const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    const document = publicDocument();
    if (config.env.MEDFLOW_RATE_LIMITS === 'off')
      console.log('  rate limits are off (MEDFLOW_RATE_LIMITS=off): for load tests on a closed machine only');
    const { country = 'none' } = app.get(CountryRules);
    console.log(`  rules of the country: ${country} (MEDFLOW_COUNTRY)`);
    const { MEDFLOW_TEST_PROVIDER_URL, STRIPE_PUBLISHABLE_KEY, STRIPE_SECRET_KEY } = config.env;
    const stripe = Boolean(STRIPE_PUBLISHABLE_KEY);
    const map = mapTilesOf(config.env);
    fastify.decorate('publicUrl', config.env.PUBLIC_URL);
    securityHeaders(fastify, { stripe });
    guardServer(fastify, config);
    await proxyRoutes(fastify, config, app.get(AccessTokens), routesOf(document));
    await serveApiDocs(fastify, document);
    serveProblemPages(fastify);
    if (config.env.MEDFLOW_EMBEDDED === '1') await serveMailbox(fastify, config);
    if (MEDFLOW_TEST_PROVIDER_URL && !STRIPE_SECRET_KEY)
      await serveTestProvider(fastify, config, MEDFLOW_TEST_PROVIDER_URL);
    serveSitemap(fastify, app.get(Upstreams));
    await serveWebClient(fastify, config.env.WEB_ROOT ?? builtClient, { stripe, map });
  },
  start: async (app, config) => {
    app.get(Readiness).register('bus', () => app.get(HubLifecycle).checkBus());
    await app.get(RealtimeHub).attach(app.getHttpServer());
    guardRealtime(app.getHttpServer(), config);
  },
});
