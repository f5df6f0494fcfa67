// npm run bench -- hop: what it costs that the gateway asks a service of its own process, over a connection and without one.
// Requests are injected, so that nobody's socket is in the figures but the hop's own.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { forward, forwardingScope } from '../gateway/dist/proxy/forward.js';
import { percentile } from './client.mjs';
import { root } from './system.mjs';

const { default: fastify } = await import(createRequire(join(root, 'gateway/package.json')).resolve('fastify'));
const ROUNDS = 7;
const EACH = 3_000;
const AT_ONCE = 16;

const appointment = {
  id: 'a'.repeat(36),
  doctor: { firstName: 'Leïla', lastName: 'Ben Salah' },
  reason: 'x'.repeat(600),
};
const sent = { slotId: 's'.repeat(60), reason: 'Douleurs au genou depuis une semaine' };
const headers = {
  authorization: `Bearer ${'t'.repeat(500)}`,
  'idempotency-key': 'k'.repeat(36),
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  accept: '*/*',
  'accept-language': 'fr,fr-FR;q=0.8,en;q=0.5',
};

async function cpuOf(app) {
  const one = async () => {
    const { statusCode } = await app.inject({ method: 'POST', url: '/appointments', headers, payload: sent });
    if (statusCode !== 201) throw new Error(`answered ${statusCode}`);
  };
  const before = process.cpuUsage();
  const lane = async () => {
    for (let n = 0; n < EACH / AT_ONCE; n += 1) await one();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / EACH;
}

export async function hop({ report }) {
  const service = fastify();
  service.post('/appointments', async (_request, reply) => reply.status(201).send(appointment));
  const origin = await service.listen({ port: 0, host: '127.0.0.1' });
  const before = async (upstream) => {
    const gateway = fastify();
    await forwardingScope(gateway, { connections: 64 }, (scope) => {
      scope.post('/appointments', (request, reply) =>
        forward(request, reply, upstream, { path: '/appointments', query: '' }),
      );
    });
    return gateway;
  };
  const ways = {
    service,
    connection: await before({ origin }),
    within: await before({ origin, listener: service.routing }),
  };
  const spent = { service: [], connection: [], within: [] };
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [name, app] of Object.entries(ways)) {
      const us = await cpuOf(app);
      // The first round warms up.
      if (round > 0) spent[name].push(us);
    }
  for (const app of [ways.connection, ways.within, service]) await app.close();
  const median = (name) => percentile(spent[name], 0.5);
  const [over, within] = ['connection', 'within'].map((name) => median(name) - median('service'));
  report('Hop from gateway to service, over a connection', `${over.toFixed(0)} µs`);
  report('… without one', `${within.toFixed(0)} µs, ${(within / over).toFixed(2)} ×`);
  return `Processor of a request through the gateway’s forwarding less that of the service alone, ${AT_ONCE} at once, medians of ${ROUNDS} rounds of ${EACH} in turn in one process.`;
}
