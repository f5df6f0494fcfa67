import { once } from 'node:events';
import { request, type IncomingMessage, type RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { eventually, rawExchange } from '@medflow/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance, type FastifyRequest, type RouteHandlerMethod } from 'fastify';
import { forward, forwardingScope } from './forward.js';
import { upstreamTargetOf } from './upstream-target.js';

const PATH = '/api/v1/doctors';

/** The same service, the same suite, whichever way the gateway asks it. */
describe.each(['over a connection', 'within the process'])('a service that the gateway asks %s', (way) => {
  let gateway: FastifyInstance;
  let service: FastifyInstance;
  let url: string;
  let seen: FastifyRequest['raw'] | undefined;
  /** What the service does with the next request. */
  let answer: RouteHandlerMethod;

  beforeAll(async () => {
    service = fastify();
    service.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    service.all('/*', function (asked, reply) {
      seen = asked.raw;
      return answer.call(this, asked, reply);
    });
    const origin = await service.listen({ port: 0, host: '127.0.0.1' });
    const listener = way === 'within the process' ? (service.routing as RequestListener) : undefined;
    const targetOf = upstreamTargetOf('/doctors');
    gateway = fastify({ genReqId: () => 'request-1' });
    await forwardingScope(gateway, { connections: 4 }, (scope) => {
      scope.route({
        method: ['GET', 'POST'],
        url: PATH,
        handler: (asked, reply) => forward(asked, reply, { origin, listener }, targetOf(asked)!),
      });
    });
    url = await gateway.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await gateway.close();
    await service.close();
  });

  const get = (headers: Record<string, string> = {}) => fetch(`${url}${PATH}`, { headers });
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${PATH}`, { method: 'POST', body, headers });
  const opened = async (): Promise<IncomingMessage> => {
    const sent = request(`${url}${PATH}`, { agent: false }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return response;
  };

  it('is told of the request alone, and where it came from by us', async () => {
    answer = async () => ({});
    const hops = ['Connection: close, X-Once', 'X-Once: a', 'TE: trailers', 'Proxy-Authorization: a', 'Keep-Alive: a'];
    const lies = ['X-Forwarded-For: 198.51.100.1', 'X-MedFlow-Internal: a', 'X-Real-IP: a', 'Via: a', 'Forwarded: a'];
    const own = ['X-Own: one', 'X-Own: two', 'Accept-Language: fr', 'Content-Length: 0'];
    const head = [`GET ${PATH}?city=S%C3%A9tif&a=b%20c&a=d HTTP/1.1`, 'Host: a.example', ...hops, ...lies, ...own];
    expect((await rawExchange(Number(new URL(url).port), `${head.join('\r\n')}\r\n\r\n`))?.status).toBe(200);
    const { host, connection: _connection, 'x-request-id': id, ...rest } = seen!.headers;
    expect(host).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(id).toBe('request-1');
    expect(rest).toEqual({
      'x-own': 'one, two',
      'accept-language': 'fr',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'a.example',
    });
    expect([seen!.method, seen!.url, seen!.httpVersion]).toEqual(['GET', '/doctors?city=S%C3%A9tif&a=b+c&a=d', '1.1']);
    expect(seen!.socket.remoteAddress).toBe('127.0.0.1');
  });

  it.each([
    ['a body', 'é"\u0000', { 'content-type': 'text/plain' }],
    ['no body at all', '', {}],
    ['a large one', 'a'.repeat(900_000), { 'content-type': 'application/octet-stream' }],
  ])('is given %s byte by byte, with its length', async (_what, body, headers) => {
    let given: unknown;
    answer = async (asked) => {
      given = asked.body;
      return {};
    };
    expect((await post(body, headers)).status).toBe(200);
    expect(String(given ?? '')).toBe(body);
    expect(seen!.headers['content-length']).toBe(String(Buffer.byteLength(body)));
  });

  it.each([200, 201, 204, 304, 404, 422, 500])('answers %i: status, headers and body as they are', async (status) => {
    answer = (_asked, reply) =>
      reply
        .status(status)
        .headers({ etag: '"1"', 'set-cookie': ['a=1', 'b=2'], connection: 'x-hop', 'keep-alive': 'a', 'x-own': 7 })
        .type('application/problem+json')
        .send(status === 204 || status === 304 ? undefined : '{"a":"é"}');
    const got = await get();
    expect(got.status).toBe(status);
    expect(await got.text()).toBe(status === 204 || status === 304 ? '' : '{"a":"é"}');
    expect(got.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(got.headers.get('etag')).toBe('"1"');
    expect(got.headers.get('x-own')).toBe('7');
    expect(got.headers.get('keep-alive')).not.toBe('a');
    expect(got.headers.get('cache-control')).toBe('no-store');
    expect(got.headers.get('content-length')).toBe(status === 204 || status === 304 ? null : '10');
  });

  it('keeps what it says of caching and of a body without a type', async () => {
    answer = (_asked, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'Cache-Control': 'max-age=60' }).end('plain');
    };
    const got = await get();
    expect([await got.text(), got.headers.get('cache-control')]).toEqual(['plain', 'max-age=60']);
    expect(got.headers.get('content-type')).toBeNull();
  });

  it.each([502, 503, 504])('that answers %i is not there', async (status) => {
    answer = (_asked, reply) => reply.status(status).send(Readable.from(['not', 'ours']));
    const got = await get();
    expect([got.status, got.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await got.json()).toMatchObject({ code: 'service-unavailable' });
  });

  it('that hangs up is not there', async () => {
    answer = (_asked, reply) => void reply.hijack().raw.destroy();
    expect((await get()).status).toBe(503);
  });

  it('whose head is larger than any is not there', async () => {
    answer = (_asked, reply) => reply.header('x-large', 'a'.repeat(17_000)).send({});
    expect((await get()).status).toBe(503);
  });

  it('that writes an impossible header says so itself', async () => {
    answer = async (_asked, reply) => {
      reply.raw.setHeader('x-split', 'a\r\nb: c');
    };
    expect((await get()).status).toBe(500);
  });

  it('is given a head that is nearly too large as any other', async () => {
    answer = async () => ({});
    expect((await get({ 'x-large': 'a'.repeat(9_000) })).status).toBe(200);
    expect(seen!.headers['x-large']).toHaveLength(9_000);
  });

  it('sends a body as it comes, its first part before it has the last', async () => {
    let finish = () => {};
    answer = (_asked, reply) => {
      const body = new Readable({ read: () => undefined });
      body.push('first ');
      finish = () => {
        body.push('last');
        body.push(null);
      };
      return reply.type('text/plain').send(body);
    };
    const response = await opened();
    const [chunk] = (await once(response, 'data')) as [Buffer];
    expect(chunk.toString()).toBe('first ');
    let rest = '';
    response.on('data', (more: Buffer) => (rest += more.toString()));
    const ended = once(response, 'end');
    finish();
    await ended;
    expect(rest).toBe('last');
  });

  it('keeps no more of a body in memory than a reader takes', async () => {
    let made = 0;
    answer = (_asked, reply) =>
      reply.send(
        new Readable({
          read() {
            made += 1;
            this.push(made > 1_000 ? null : Buffer.alloc(65_536));
          },
        }),
      );
    const response = await opened();
    response.pause();
    await eventually(async () => {
      const before = made;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return made === before;
    });
    expect(made).toBeLessThan(500);
    let bytes = 0;
    response.on('data', (chunk: Buffer) => (bytes += chunk.length)).resume();
    await once(response, 'end');
    expect(bytes).toBe(65_536_000);
  });

  it('that breaks off in the middle of a body is not taken for one that has ended', async () => {
    answer = (_asked, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/plain' });
      reply.raw.write('half');
      setTimeout(() => reply.raw.destroy(), 50);
    };
    const response = await opened();
    response.resume();
    await expect(once(response, 'end')).rejects.toThrow('aborted');
  });

  it('learns that the caller went away while it sends', async () => {
    let gone = false;
    let body: Readable | undefined;
    answer = (_asked, reply) => {
      reply.raw.on('close', () => (gone = !reply.raw.writableFinished));
      body = new Readable({ read: () => undefined });
      body.push('first');
      return reply.send(body);
    };
    const response = await opened();
    await once(response, 'data');
    response.destroy();
    await eventually(() => gone && body!.destroyed);
  });

  it('is asked with HEAD for the head alone', async () => {
    answer = (_asked, reply) => reply.type('text/plain').send('hello');
    const sent = `HEAD ${PATH} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
    const got = await rawExchange(Number(new URL(url).port), sent);
    expect([got?.status, got?.body, got?.headers['content-length']]).toEqual([200, '', '5']);
  });

  it('that stops is not there', async () => {
    await service.close();
    expect((await get()).status).toBe(503);
  });
});
