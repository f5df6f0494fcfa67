import { request } from 'node:http';
import { connect } from 'node:net';
import { rawExchange, type RawAnswer } from '@medflow/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Door, names, ways } from './door.js';

const PROBLEM = /^application\/problem\+json/;
const LOGIN = '/api/v1/auth/login';
const MEGABYTE = 1024 * 1024;

let door: Door;
afterEach(() => names.forEach((name) => door.services[name].recovers()));

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

describe.each(ways)('the gateway that asks services %s', (way) => {
  beforeAll(async () => {
    door = await Door.open({}, {}, way);
  });
  afterAll(() => door.close());

  describe('answers', () => {
    const items = Array.from({ length: 200 }, (_, n) => ({ id: `slot-${n}`, mode: 'video' }));
    const readWith = async (path: string, encoding: string, method = 'GET') => {
      const authorization = `Bearer ${await door.harness.identity.token({ id: 'p1', role: 'patient' })}`;
      const headers = { 'accept-encoding': encoding, authorization };
      return fetch(`http://127.0.0.1:${door.port}/api/v1${path}`, { method, headers });
    };
    beforeAll(() => {
      door.services.scheduling.knows('/doctors/d1/slots', { items });
      door.services.scheduling.knows('/appointments', { items });
    });

    it.each(['br', 'gzip'])('that anybody may read are compressed for who can take it: %s', async (encoding) => {
      const answer = await readWith('/doctors/d1/slots', encoding);
      expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual([
        encoding,
        expect.stringContaining('accept-encoding'),
      ]);
      expect(await answer.json()).toEqual({ items });
      const head = await readWith('/doctors/d1/slots', encoding, 'HEAD');
      expect([head.status, await head.text()]).toEqual([200, '']);
    });

    it('are left as they are for who cannot, and where they are somebody’s own', async () => {
      const plain = await readWith('/doctors/d1/slots', 'identity');
      expect([plain.headers.get('content-encoding'), await plain.json()]).toEqual([null, { items }]);
      const own = await readWith('/appointments', 'br');
      expect([own.headers.get('content-encoding'), await own.json()]).toEqual([null, { items }]);
    });
  });

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
});

describe('1,000 who come while the process is busy', () => {
  beforeAll(async () => {
    door = await Door.open();
  });
  afterAll(() => door.close());

  it('are all let in, without having to knock again a second later', async () => {
    const at = Date.now();
    // All are sent before anything can be taken: server and clients share this thread.
    const sockets = Array.from({ length: 1_000 }, () => connect(door.port, '127.0.0.1'));
    const times = await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<number>((resolve, reject) =>
            socket.on('connect', () => resolve(Date.now() - at)).on('error', reject),
          ),
      ),
    );
    for (const socket of sockets) socket.destroy();
    expect(Math.max(...times)).toBeLessThan(950);
  }, 30_000);
});

describe('500 who send a byte every now and then', () => {
  beforeAll(async () => {
    door = await Door.open();
  });
  afterAll(() => door.close());

  it('keep nobody else waiting, and are sent away, as is who never ends the headers', async () => {
    door.services.identity.knows('/auth/login', { ok: true });
    const endless = rawExchange(door.port, 'GET / HTTP/1.1\r\nHost: a\r\nx-slow', { timeoutMs: 30_000 });
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
    expectProblem(await endless, 408, 'request-timeout');
  }, 60_000);
});
