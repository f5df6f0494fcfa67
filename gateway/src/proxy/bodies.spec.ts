import { request, type ClientRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { BodyRoom, readBodies } from './bodies.js';

describe('bodies', () => {
  let server: FastifyInstance;
  beforeAll(async () => {
    server = fastify();
    readBodies(server, { windowMs: 100, windowBytes: 50, totalMs: 600 }, new BodyRoom(3_000_000));
    server.post('/', (incoming) => ({ bytes: (incoming.body as Buffer).length }));
    server.post('/small', { config: { maxBodyBytes: 10 } }, (incoming) => ({
      bytes: (incoming.body as Buffer).length,
    }));
    server.post('/large', { config: { maxBodyBytes: 2_500_000 } }, (incoming) => ({
      bytes: (incoming.body as Buffer).length,
    }));
    server.post('/streamed', { config: { maxBodyBytes: 2_500_000, streamed: true } }, async (incoming) => {
      let bytes = 0;
      let most = 0;
      for await (const chunk of incoming.body as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        most = Math.max(most, (incoming.body as Readable).readableLength);
      }
      return { bytes, most };
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => server.close());

  /** @returns the status, 0 where the connection was closed without one, and after how many ms */
  function post(send: (sent: ClientRequest) => Promise<unknown>, path = '/'): Promise<{ status: number; ms: number }> {
    const at = performance.now();
    const { port } = server.server.address() as AddressInfo;
    const headers = { 'content-type': 'application/octet-stream', 'transfer-encoding': 'chunked' };
    const sent = request({ port, host: '127.0.0.1', path, method: 'POST', headers, agent: false });
    return new Promise((resolve) => {
      const over = (status: number) => resolve({ status, ms: performance.now() - at });
      sent.on('response', (response) => over(response.resume().statusCode!)).on('error', () => over(0));
      void send(sent).catch(() => undefined);
    });
  }
  const pieces = (count: number, bytes: number, everyMs: number) => async (sent: ClientRequest) => {
    for (let at = 0; at < count; at += 1) {
      sent.write('a'.repeat(bytes));
      await sleep(everyMs);
    }
    sent.end();
  };

  it('may come in pieces, at the pace of a poor network', async () => {
    expect((await post(pieces(8, 60, 40))).status).toBe(200);
  });

  it('are given up once they come too slowly, also after a good beginning', async () => {
    const dripped = await post(pieces(100, 1, 20));
    expect(dripped.status).toBe(408);
    expect(dripped.ms).toBeLessThan(300);
    const begun = await post(async (sent) => {
      sent.write('a'.repeat(10_000));
      await pieces(100, 1, 20)(sent);
    });
    expect(begun.status).toBe(408);
  });

  it('are given up when they take too long in all', async () => {
    const { status, ms } = await post(pieces(200, 60, 30));
    expect(status).toBe(408);
    expect(ms).toBeGreaterThan(500);
  });

  it('have the limit of their route', async () => {
    expect((await post(pieces(1, 10, 0), '/small')).status).toBe(200);
    expect((await post(pieces(1, 11, 0), '/small')).status).toBe(413);
  });

  it('that may be large share a room, which is given back when they are read or given up', async () => {
    const large = pieces(1, 2_000_000, 0);
    const unfinished = post(async (sent) => {
      sent.write('a'.repeat(2_000_000));
      await pieces(20, 60, 40)(sent);
    }, '/large');
    await sleep(100);
    expect((await post(large, '/large')).status).toBe(503);
    expect((await post(pieces(1, 1_000_000, 0))).status).toBe(200);
    expect((await unfinished).status).toBe(408);
    expect((await post(large, '/large')).status).toBe(200);
    expect((await post(pieces(1, 2_600_000, 0), '/large')).status).toBe(413);
    expect((await post(large, '/large')).status).toBe(200);
  });

  it('whose sender goes away trouble nobody', async () => {
    await post(async (sent) => {
      sent.write('abc');
      await sleep(20);
      sent.destroy();
    });
    expect((await post(pieces(1, 3, 0))).status).toBe(200);
  });

  describe('that pass through as they come', () => {
    it('may come in pieces, for longer than those that are read whole', async () => {
      expect((await post(pieces(25, 60, 30), '/streamed')).status).toBe(200);
    });

    it('are stopped once they are larger than admitted, or come too slowly', async () => {
      expect((await post(pieces(3, 1_000_000, 1), '/streamed')).status).toBe(413);
      expect((await post(pieces(100, 1, 20), '/streamed')).status).toBe(408);
    });

    it('take no room of those that are read whole', async () => {
      const both = Promise.all([0, 1].map(() => post(pieces(4, 600_000, 20), '/streamed')));
      expect((await post(pieces(4, 600_000, 20), '/large')).status).toBe(200);
      expect((await both).map(({ status }) => status)).toEqual([200, 200]);
    });
  });
});
