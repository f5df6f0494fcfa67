import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { hostileTarget, type Identified, rawExchange, type RawAnswer, targetCorpus } from '@medflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Door, names, ways } from './door.js';
import type { Asked, FakeService } from './fake-services.js';

const patient: Identified = { id: 'patient-1', role: 'patient' };
const RUNS = Number(process.env.FUZZ_RUNS ?? 1_500);
const SEED = 20_261_124;
const PROBLEM = /^application\/problem\+json/;

describe.each(ways)('the gateway that asks services %s', (way) => {
  let door: Door;
  let token: string;
  /** Not ours, on this machine: nothing may ever connect to it. */
  let decoy: Server;
  let connections = 0;

  beforeAll(async () => {
    decoy = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => decoy.listen(0, '127.0.0.1', resolve));
    door = await Door.open({ MEDFLOW_EMBEDDED: '1' }, {}, way);
    token = await door.tokenOf(patient);
  });
  afterAll(async () => {
    await door.close();
    await new Promise((resolve) => decoy.close(resolve));
  });
  const fakes = () => [...names.map((name) => door.services[name]), door.provider];
  beforeEach(() => fakes().forEach((fake) => fake.recovers()));

  const aims = () => ({ port: door.port, decoyPort: (decoy.address() as AddressInfo).port });

  const send = (target: string, { method = 'GET', host = `127.0.0.1:${door.port}` } = {}): Promise<RawAnswer | null> =>
    rawExchange(
      door.port,
      `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    );

  /** What may be asked of each fake at all, as it must be written. */
  function allowed(): Map<FakeService, { method: string; path: RegExp }[]> {
    const written = (path: string) =>
      new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/\\\\?#]+')}(\\?|$)`);
    const of = (name: string) =>
      door.routes
        .filter(({ service }) => service === name)
        .map(({ method, path }) => ({ method, path: written(path) }));
    const known = new Map(names.map((name) => [door.services[name], of(name)]));
    known.get(door.services.notifications)!.push({ method: 'GET', path: /^\/mailbox(\/api|\/mailbox\.css)?$/ });
    known.set(
      door.provider,
      ['payment_intents', 'setup_intents'].map((kind) => ({ method: 'GET', path: written(`/v1/${kind}/:id`) })),
    );
    return known;
  }

  function strayed(): Asked[] {
    const steps = (path: string) => path.split('?')[0]!.split('/').map(decodeURIComponent);
    return [...allowed()].flatMap(([fake, known]) =>
      fake.asked.filter(({ method, path, headers }) => {
        const inTable = known.some((one) => (method === 'HEAD' ? 'GET' : method) === one.method && one.path.test(path));
        const climbs = steps(path).some((step) => /^\.{1,2}$|[/\\]/.test(step));
        // What the gateway itself asks for: the keys, and which sessions have ended. It never hands on a secret of ours.
        const own =
          path === '/auth/.well-known/jwks.json' ||
          (/^\/internal\/sessions\/ended(\?since=[\w:.-]*)?$/.test(path) &&
            headers['x-medflow-internal'] !== undefined);
        return !own && (!inTable || climbs);
      }),
    );
  }

  function expectSound(target: string, answer: RawAnswer | null): void {
    if (!answer) return;
    if (answer.status >= 500) throw new Error(`${answer.status} to ${JSON.stringify(target)}`);
    if (target.startsWith('/realtime')) return;
    if (answer.status >= 400 && !/^application\/(problem\+)?json/.test(answer.headers['content-type'] ?? ''))
      throw new Error(`${answer.status} as ${answer.headers['content-type']} to ${JSON.stringify(target)}`);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  }

  describe('request targets', () => {
    it('are let through in origin-form and in absolute-form that names us, one like the other', async () => {
      door.services.profiles.knows('/doctors', { items: [], nextCursor: null });
      const { port } = door;
      for (const target of [
        '/api/v1/doctors?q=a%20b&q=c&city=Tunis',
        `http://127.0.0.1:${port}/api/v1/doctors?q=a+b&q=c&city=Tunis`,
        `HTTP://LOCALHOST:${port}/api/v1/%64octors?q=a%20b&q=c&city=Tunis`,
      ]) {
        door.services.profiles.recovers();
        expect((await send(target))?.status).toBe(200);
        expect(door.services.profiles.asked.map(({ path }) => path)).toEqual(['/doctors?q=a+b&q=c&city=Tunis']);
      }
      expect((await send('http://clinic.example/api/v1/doctors', { host: 'clinic.example' }))?.status).toBe(200);
    });

    it('carry parameters as what they are, whatever is in them', async () => {
      await send('/api/v1/doctors/a%25b%3Fc%23d%40e;f=1:,');
      expect(door.services.profiles.asked.map(({ path }) => path)).toEqual([
        '/doctors/a%25b%3Fc%23d%40e%3Bf%3D1%3A%2C',
      ]);
    });

    it.each([
      'http://@127.0.0.1:DECOY/api/v1/doctors/\\..\\..\\x',
      'http://@127.0.0.1:DECOY/x',
      'http://127.0.0.1:DECOY/api/v1/doctors',
      'http://user:secret@127.0.0.1:PORT/api/v1/doctors',
      '//127.0.0.1:DECOY/api/v1/doctors',
      '/api/v1/doctors/\\..\\..\\metrics',
      '/api/v1/doctors/\\..\\..\\x',
      '/api/v1/doctors/../../metrics',
      '/api/v1/doctors/%2e%2e/metrics',
      '/api/v1/doctors/..%2f..%2fmetrics',
      '/api/v1/doctors/..%5c..%5cmetrics',
      '/test-provider/v1/payment_intents/\\..\\..\\_test\\webhooks',
      '/mailbox/\\..\\metrics',
      '/mailbox/%2e%2e/metrics',
      '/api/v1/doctors/%ZZ',
      '/api/v1/doctors/%00',
      '/api/v1/doctors/%ff',
      '/api/v1/doctors#x',
      '/api/v1/doctors/é',
      '127.0.0.1:DECOY',
      '*',
      'ftp://127.0.0.1:PORT/api/v1/doctors',
    ])('refuse %s as unreadable, with the headers of every answer', async (written) => {
      const target = written.replace('DECOY', String(aims().decoyPort)).replace('PORT', String(door.port));
      const answer = await send(target);
      expect(answer?.status).toBe(400);
      expect(answer?.headers).toMatchObject({
        'content-type': expect.stringMatching(PROBLEM),
        'x-content-type-options': 'nosniff',
        'x-request-id': expect.any(String),
      });
      expect(answer?.headers['content-security-policy']).toContain("default-src 'none'");
      expect(JSON.parse(answer!.body)).toMatchObject({ code: 'malformed-request', status: 400 });
    });

    it('find nothing that the table of routes lacks', async () => {
      for (const path of [
        ...['/internal/contacts/1', '/internal', '/api/v1/internal/contacts/1', '/api/v1/metrics', '/api/v1/readyz'],
        ...['/api/v1/healthz', '/api/v1/mailbox', '/test-provider/v1/customers', '/test-provider/_test/webhooks'],
        ...['/test-provider/v1/../_test', '/mailbox/x', '/api/v1/doctors//slots', `/api/v1/doctors/${'a'.repeat(600)}`],
      ]) {
        const answer = await send(path);
        expect([path, answer?.status]).toEqual([path, path.includes('..') ? 400 : 404]);
        expect(answer?.headers['content-type']).toMatch(PROBLEM);
      }
      for (const name of names) expect(door.services[name].asked).toEqual([]);
      expect(door.provider.asked).toEqual([]);
    });

    it('lead nowhere else, written by hand', async () => {
      for (const target of targetCorpus(aims())) {
        for (const method of ['GET', 'POST']) expectSound(target, await send(target, { method }));
      }
      expect(strayed()).toEqual([]);
      expect(connections).toBe(0);
    }, 120_000);

    it('lead nowhere else, at random', async () => {
      await fc.assert(
        fc.asyncProperty(hostileTarget(aims()), fc.constantFrom('GET', 'HEAD', 'OPTIONS'), async (target, method) => {
          fakes().forEach((fake) => fake.recovers());
          expectSound(target, await send(target, { method }));
          expect(strayed()).toEqual([]);
          expect(connections).toBe(0);
        }),
        { numRuns: RUNS, seed: SEED },
      );
    }, 300_000);
  });
});
