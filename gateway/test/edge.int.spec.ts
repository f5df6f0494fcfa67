import { request } from 'node:http';
import { eventually, type Identified, rawExchange, type RawAnswer } from '@medflow/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Door, names } from './door.js';

const PROBLEM = /^application\/problem\+json/;
const patient: Identified = { id: 'patient-1', role: 'patient' };
const LOGIN = '/api/v1/auth/login';
const MEGABYTE = 1024 * 1024;

let door: Door;
beforeAll(async () => {
  door = await Door.open();
});
afterEach(() => names.forEach((name) => door.services[name].recovers()));
afterAll(() => door.close());

const send = (text: string): Promise<RawAnswer | null> => rawExchange(door.port, text.replaceAll('\n', '\r\n'));

function expectProblem(answer: RawAnswer | null, status: number, code: string): void {
  expect(answer).not.toBeNull();
  expect(answer!.status).toBe(status);
  expect(answer!.headers['content-type']).toMatch(PROBLEM);
  expect(answer!.headers).toMatchObject({
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.any(String),
    'cache-control': 'no-store',
  });
  expect(JSON.parse(answer!.body)).toMatchObject({ status, code, requestId: answer!.headers['x-request-id'] });
}

describe('requests that cannot be read', () => {
  it.each([
    ['nonsense', 'hello\n\n', 400, 'malformed-request'],
    ['a method in lower case', 'get / HTTP/1.1\nHost: a\n\n', 400, 'malformed-request'],
    ['another protocol', 'GET / SPDY/3\nHost: a\n\n', 400, 'malformed-request'],
    ['a header without a name', 'GET / HTTP/1.1\nHost: a\n: b\n\n', 400, 'malformed-request'],
    ['a space before the colon', 'GET / HTTP/1.1\nHost : a\n\n', 400, 'malformed-request'],
    ['two lengths', 'POST / HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 2\n\nab', 400, 'malformed-request'],
    [
      'a length beside chunks',
      'POST / HTTP/1.1\nHost: a\nContent-Length: 1\nTransfer-Encoding: chunked\n\n0\n\n',
      400,
      'malformed-request',
    ],
    ['no host', 'GET / HTTP/1.1\nConnection: close\n\n', 400, 'malformed-request'],
    ['two hosts', 'GET / HTTP/1.1\nHost: a\nHost: b\nConnection: close\n\n', 400, 'malformed-request'],
    [
      'headers without end',
      `GET / HTTP/1.1\nHost: a\n${'x-padding: 0123456789\n'.repeat(1_000)}\n`,
      431,
      'headers-too-large',
    ],
    [
      'more headers than anybody has',
      `GET / HTTP/1.1\nHost: a\nConnection: close\n${'x-a: b\n'.repeat(101)}\n`,
      431,
      'headers-too-large',
    ],
  ])('are told so: %s', async (_what, text, status, code) => {
    expectProblem(await send(text), status, code);
  });

  it('are told so in the middle of a body, and the connection is closed', async () => {
    const broken = `POST ${LOGIN} HTTP/1.1\nHost: a\nContent-Type: application/json\nTransfer-Encoding: chunked\n\nzz\nabc`;
    expectProblem(await send(broken), 400, 'malformed-request');
    expect(door.services.identity.asked).toEqual([]);
  });
});

describe('methods', () => {
  it.each(['DELETE', 'HEAD'])('%s on a path that lacks it is 405', async (method) => {
    const answer = await send(`${method} ${LOGIN} HTTP/1.1\nHost: a\nConnection: close\n\n`);
    expect(answer?.headers.allow).toBe('POST');
    if (method === 'HEAD') expect(answer?.status).toBe(405);
    else expectProblem(answer, 405, 'method-not-allowed');
  });

  it.each(['TRACE', 'PROPFIND', 'MKCOL', 'PURGE', 'M-SEARCH'])('%s is nowhere', async (method) => {
    for (const path of [LOGIN, '/', '/nowhere']) {
      const answer = await send(`${method} ${path} HTTP/1.1\nHost: a\nConnection: close\n\n`);
      expectProblem(answer, 405, 'method-not-allowed');
      expect(answer?.headers.allow).toBe('GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS');
    }
  });

  it('where there is nothing is 404', async () => {
    expectProblem(await send('POST /nowhere HTTP/1.1\nHost: a\nConnection: close\n\n'), 404, 'not-found');
  });

  it('CONNECT is refused: this is no proxy for others', async () => {
    expectProblem(await send('CONNECT 127.0.0.1:22 HTTP/1.1\nHost: 127.0.0.1:22\n\n'), 405, 'method-not-allowed');
  });

  it('are told about the server as a whole', async () => {
    const answer = await send('OPTIONS * HTTP/1.1\nHost: a\nConnection: close\n\n');
    expect([answer?.status, answer?.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  it('with an offer of another protocol are answered in this one', async () => {
    const h2c = 'Connection: Upgrade, HTTP2-Settings, close\nUpgrade: h2c\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA';
    door.services.profiles.knows('/doctors', { items: [] });
    expect((await send(`GET /api/v1/doctors HTTP/1.1\nHost: a\n${h2c}\n\n`))?.status).toBe(200);
  });
});

describe('bodies', () => {
  const head = (more: string) =>
    `POST ${LOGIN} HTTP/1.1\nHost: a\nConnection: close\nContent-Type: application/json\n${more}\n`;

  it('reach the service whole, however they were sent, once and with their length', async () => {
    door.services.identity.knows('/auth/login', { ok: true });
    const body = '{"email":"é@a.tn"}';
    const bytes = Buffer.byteLength(body);
    const latin = Buffer.from(body).toString('latin1');
    for (const text of [
      head(`Content-Length: ${bytes}\n`) + latin,
      head('Transfer-Encoding: chunked\n') +
        `5\n${latin.slice(0, 5)}\n${(bytes - 5).toString(16)}\n${latin.slice(5)}\n0\n\n`,
      head(`Content-Length: ${bytes}\nExpect: 100-continue\n`) + latin,
      head(`Content-Length: ${bytes}\nExpect: the-unexpected\n`) + latin,
    ]) {
      door.services.identity.asked.length = 0;
      expect((await send(text))?.status).toBe(200);
      const [asked, ...more] = door.services.identity.asked;
      expect(more).toEqual([]);
      expect(asked).toMatchObject({
        body,
        headers: { 'content-type': 'application/json', 'content-length': String(bytes) },
      });
      expect(asked?.headers).not.toHaveProperty('expect');
      expect(asked?.headers).not.toHaveProperty('transfer-encoding');
    }
  });

  it('of a GET go no further', async () => {
    door.services.profiles.knows('/doctors', { items: [] });
    const answer = await send('GET /api/v1/doctors HTTP/1.1\nHost: a\nConnection: close\nContent-Length: 5\n\nhello');
    expect(answer?.status).toBe(200);
    expect(door.services.profiles.asked[0]?.headers).not.toHaveProperty('content-length');
  });

  it('that are announced too large are refused before they are sent', async () => {
    const answer = await send(head(`Content-Length: ${2 * MEGABYTE}\nExpect: 100-continue\n`));
    expectProblem(answer, 413, 'body-too-large');
    expect(answer!.interim).toEqual([]);
    expect((await send(head('Content-Length: 2\nExpect: 100-continue\n') + '{}'))?.interim).toEqual([100]);
  });

  it.each([
    ['with a length', `Content-Length: ${2 * MEGABYTE}\n`, 'a'.repeat(2 * MEGABYTE)],
    ['in chunks', 'Transfer-Encoding: chunked\n', `${`10000\n${'a'.repeat(65_536)}\n`.repeat(32)}0\n\n`],
  ])('that are too large are refused, and the sender learns of it: %s', async (_how, header, body) => {
    expectProblem(await send(head(header) + body), 413, 'body-too-large');
    expect(door.services.identity.asked).toEqual([]);
  });

  it('are not waited for where the caller is not let in', async () => {
    const at = Date.now();
    const answer = send(
      `PUT /api/v1/patients/me HTTP/1.1\nHost: a\nConnection: close\nContent-Type: application/json\nContent-Length: 100\n\n{`,
    );
    expectProblem(await answer, 401, 'unauthenticated');
    expect(Date.now() - at).toBeLessThan(2_000);
  });
});

describe('500 who send a byte every now and then', () => {
  it('keep nobody else waiting, and are sent away', async () => {
    door.services.identity.knows('/auth/login', { ok: true });
    const slow = Array.from({ length: 500 }, () => {
      const sent = request({
        port: door.port,
        host: '127.0.0.1',
        method: 'POST',
        path: LOGIN,
        headers: { 'content-type': 'application/json', 'content-length': 10_000 },
        agent: false,
      });
      const drip = setInterval(() => sent.write('a'), 1_000);
      const gone = () => clearInterval(drip);
      return new Promise<number>((resolve) => {
        sent.on('response', (response) => resolve(response.statusCode!)).on('error', () => resolve(0));
        sent.on('close', gone);
        sent.write('{');
      });
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(door.services.identity.asked).toEqual([]);

    const spent: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      await Promise.all(
        Array.from({ length: 5 }, async () => {
          const at = performance.now();
          const answer = await fetch(`${door.harness.url}${LOGIN}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{}',
          });
          expect(answer.status).toBe(200);
          spent.push(performance.now() - at);
        }),
      );
    }
    spent.sort((a, b) => a - b);
    expect(spent[Math.floor(spent.length * 0.99)]).toBeLessThan(500);
    expect(new Set(await Promise.all(slow))).toEqual(new Set([408]));
  }, 60_000);
});

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
    for (const path of ['/readyz', '/metrics'])
      expectProblem(await send(`GET ${path} HTTP/1.1\nHost: evil.example\nConnection: close\n\n`), 404, 'not-found');
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
    const named = (host: string) =>
      rawExchange(embedded.port, `GET /mailbox/api HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect((await named('clinic.test:3000'))?.status).toBe(200);
    expect((await named('evil.example'))?.status).toBe(404);
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
