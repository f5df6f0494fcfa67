import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, type Identified, rawExchange } from '@medflow/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Door, names } from './door.js';

const PROBLEM = /^application\/problem\+json/;
const patient: Identified = { id: 'patient-1', role: 'patient' };
const LOGIN = '/api/v1/auth/login';

let door: Door;
beforeAll(async () => {
  door = await Door.open();
});
afterEach(() => names.forEach((name) => door.services[name].recovers()));
afterAll(() => door.close());

/** A request that calls its host as it likes. */
const named = ({ port }: Door, path: string, host: string) =>
  rawExchange(port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

describe('a service that is down', () => {
  const login = () =>
    fetch(`${door.harness.url}${LOGIN}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });

  it.each<[string, Parameters<Door['services']['identity']['fails']>[0]]>([
    ['hangs up', (response) => response.destroy()],
    [
      'says so',
      (response) => response.writeHead(503, { 'content-type': 'application/json' }).end('{"statusCode":503}'),
    ],
    ['has a proxy that says so', (response) => response.writeHead(502).end('<html>Bad gateway</html>')],
  ])('is told at once, with when to come back, and not asked again: %s', async (_how, fail) => {
    for (const [service, ask] of [
      ['profiles', () => fetch(`${door.harness.url}/api/v1/doctors`)],
      ['identity', login],
    ] as const) {
      door.services[service].fails(fail);
      const at = performance.now();
      const answer = await ask();
      expect(performance.now() - at).toBeLessThan(500);
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('2');
      expect(answer.headers.get('content-type')).toMatch(PROBLEM);
      expect(await answer.json()).toMatchObject({ code: 'service-unavailable' });
      expect(door.services[service].asked.filter(({ path }) => !path.endsWith('jwks.json'))).toHaveLength(1);
    }
  });

  it('is asked again when the next caller comes', async () => {
    door.services.identity.knows('/auth/login', { ok: true });
    door.services.identity.fails((response) => response.writeHead(503).end());
    expect((await login()).status).toBe(503);
    door.services.identity.recovers();
    expect((await login()).status).toBe(200);
  });
});

describe('what operators look at', () => {
  const from = (headers: Record<string, string>) => (path: string) => fetch(door.harness.url + path, { headers });

  it('is shown on the only port there is to this machine alone, and not through a proxy', async () => {
    expect((await from({})('/readyz')).status).toBe(200);
    expect(await (await from({})('/metrics')).text()).toContain('medflow_http_request_duration_seconds');
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-proto']) {
      for (const path of ['/readyz', '/metrics']) expect((await from({ [name]: '127.0.0.1' })(path)).status).toBe(404);
      expect((await from({ [name]: '127.0.0.1' })('/healthz')).status).toBe(200);
    }
  });

  it('is not fetched for another site whose name leads here', async () => {
    for (const path of ['/readyz', '/metrics']) expect((await named(door, path, 'evil.example'))?.status).toBe(404);
  });

  it('is on a port of its own where the gateway runs alone, and not on the one that is open to the world', async () => {
    const alone = await Door.open({}, { operationsPort: 0 });
    try {
      const operations = `http://127.0.0.1:${alone.harness.operationsPort}`;
      for (const [path, expected] of [
        ['/readyz', '"status":"ok"'],
        ['/metrics', 'medflow_http_request_duration_seconds'],
        ['/healthz', '"status":"ok"'],
      ] as const) {
        const answer = await fetch(operations + path);
        expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
        expect(await answer.text()).toContain(expected);
      }
      expect((await fetch(`${operations}/api/v1/doctors`)).status).toBe(404);
      for (const path of ['/readyz', '/metrics']) expect((await fetch(alone.harness.url + path)).status).toBe(404);
      expect((await fetch(`${alone.harness.url}/healthz`)).status).toBe(200);
    } finally {
      await alone.close();
    }
  });

  it('is no business of live events, whose answers carry the headers of all', async () => {
    const answer = await from({})('/realtime/?EIO=4&transport=none');
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('shows letters to nobody where there is no mailbox page', async () => {
    for (const path of ['/mailbox', '/mailbox/api']) expect((await from({})(path)).status).toBe(404);
    expect(door.services.notifications.asked).toEqual([]);
  });
});

describe('the mailbox page of embedded mode', () => {
  let embedded: Door;
  beforeAll(async () => {
    embedded = await Door.open({ MEDFLOW_EMBEDDED: '1', PUBLIC_URL: 'http://clinic.test:3000' });
    for (const path of ['/mailbox', '/mailbox/api', '/mailbox/mailbox.css'])
      embedded.services.notifications.knows(path, { items: [] });
  });
  afterAll(() => embedded.close());

  it('is for those at this machine', async () => {
    for (const path of ['/mailbox', '/mailbox/api', '/mailbox/mailbox.css']) {
      const answer = await fetch(embedded.harness.url + path);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect((await fetch(embedded.harness.url + path, { headers: { 'x-forwarded-for': '::1' } })).status).toBe(404);
    }
    expect((await named(embedded, '/mailbox/api', 'clinic.test:3000'))?.status).toBe(200);
    expect((await named(embedded, '/mailbox/api', 'evil.example'))?.status).toBe(404);
  });
});

describe('a page of another site', () => {
  const origin = 'https://evil.example';
  const permissions = ({ headers }: Response) =>
    [...headers.keys()].filter((name) => name.startsWith('access-control-'));

  it('is given no permission to read answers, nor to send what browsers ask about first', async () => {
    door.services.profiles.knows('/doctors', { items: [] });
    const asked = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    for (const [path, init] of [
      ['/api/v1/doctors', { headers: { origin } }],
      ['/api/v1/appointments', { headers: { origin } }],
      ['/', { headers: { origin } }],
      ['/api/v1/appointments', { method: 'OPTIONS', headers: asked }],
      [LOGIN, { method: 'OPTIONS', headers: asked }],
    ] as const) {
      const answer = await fetch(door.harness.url + path, init);
      expect([path, permissions(answer)]).toEqual([path, []]);
    }
  });
});

describe('what is answered', () => {
  let folder: string;
  let served: Door;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'medflow-web-'));
    for (const at of ['assets', '.git']) mkdirSync(join(folder, at));
    for (const [file, text] of Object.entries({
      'index.html': '<!doctype html><title>MedFlow</title>',
      'assets/app-1a2b.js': 'export {};',
      'assets/app-1a2b.css': 'a{}',
      '.git/config': 'never to be seen',
      '.env': 'never to be seen',
    }))
      writeFileSync(join(folder, file), text);
    served = await Door.open({ WEB_ROOT: folder });
  });
  afterAll(async () => {
    await served.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/doctors', 'text/html; charset=utf-8'],
    ['/assets/app-1a2b.js', expect.stringMatching(/^(text|application)\/javascript; charset=utf-8$/)],
    ['/assets/app-1a2b.css', 'text/css; charset=utf-8'],
    ['/api/docs', 'text/html; charset=utf-8'],
    ['/api/openapi.json', expect.stringMatching(/^application\/json/)],
    ['/api/v1/nowhere', expect.stringMatching(PROBLEM)],
  ])('says what it is and how it is encoded: %s', async (path, type) => {
    expect((await fetch(served.harness.url + path)).headers.get('content-type')).toEqual(type);
  });

  it('by the API is kept by no cache', async () => {
    served.services.profiles.knows('/doctors', { items: [] });
    expect((await fetch(`${served.harness.url}/api/v1/doctors`)).headers.get('cache-control')).toBe('no-store');
  });

  it('is never what lies beside the pages, nor a list of them', async () => {
    for (const path of [
      '/.git/config',
      '/.git',
      '/.env',
      '/assets',
      '/assets/',
      '/assets/..%2f.env',
      '/package.json',
    ]) {
      const text = await (await fetch(served.harness.url + path)).text();
      expect(text).not.toMatch(/never to be seen|app-1a2b|"workspaces"/);
    }
  });
});

describe('where a request comes from', () => {
  const asked = async (headers: Record<string, string>): Promise<Record<string, unknown>> => {
    door.services.identity.knows('/auth/me', { id: patient.id });
    await fetch(`${door.harness.url}/api/v1/auth/me`, {
      headers: { authorization: `Bearer ${await door.tokenOf(patient)}`, ...headers },
    });
    const { headers: seen } = await eventually(() =>
      door.services.identity.asked.find(({ path }) => path === '/auth/me'),
    );
    return seen;
  };

  it('is what the socket says, where no proxy is trusted, whatever the caller claims', async () => {
    const seen = await asked({
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      forwarded: 'for=203.0.113.7;proto=https',
      'x-real-ip': '203.0.113.7',
      'x-medflow-internal': 'guess',
      via: '1.1 a',
    });
    expect(seen).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(seen['x-forwarded-host']).toBe(`127.0.0.1:${door.port}`);
    for (const name of ['forwarded', 'x-real-ip', 'x-medflow-internal', 'via']) expect(seen).not.toHaveProperty(name);
  });
});
