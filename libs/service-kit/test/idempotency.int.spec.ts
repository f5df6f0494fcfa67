import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Body, Controller, type INestApplication, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Connection, mongo } from 'mongoose';
import { eventually } from '@medflow/testing';
import { databaseUri, Idempotent, MongoModule, ProblemFilter } from '../src/index.js';

const REASON = 'une douleur que personne ne doit lire';

class Refusal extends Error {
  constructor(
    readonly kind: 'conflict' | 'declined',
    readonly code: string,
    readonly extras: Record<string, unknown> = {},
  ) {
    super(code);
  }
}

/** What the handlers do next; a test sets it. */
const behaviour = { calls: 0, act: (): object | Promise<object> => ({}) };

@Controller()
class Notes {
  @Post('notes')
  @Idempotent()
  async inside(@Body() body: object) {
    behaviour.calls += 1;
    return { ...body, ...(await behaviour.act()), call: behaviour.calls };
  }

  @Post('payments')
  @Idempotent({ transaction: false })
  async outside(@Body() body: object) {
    behaviour.calls += 1;
    return { ...body, ...(await behaviour.act()), call: behaviour.calls };
  }
}

let app: INestApplication;
let connection: Connection;
let url: string;

beforeAll(async () => {
  @Module({
    imports: [MongoModule.forService(databaseUri(process.env.MONGODB_URI!, `keys_${randomUUID().slice(0, 8)}`))],
    controllers: [Notes],
  })
  class Service {}
  app = await NestFactory.create(Service, new FastifyAdapter(), { logger: false });
  app.useGlobalFilters(new ProblemFilter({}));
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  connection = app.get<Connection>(getConnectionToken());
});
afterAll(async () => {
  await connection.dropDatabase();
  await app.close();
});
beforeEach(() => {
  behaviour.calls = 0;
  behaviour.act = () => ({});
});

const rows = () => connection.db!.collection<{ _id: string; digest: string; at: Date }>('idempotency');
const post = async (path: string, key: string, body: object) => {
  const response = await fetch(`${url}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  // The answer's own shape is the handler's.
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe.each(['notes', 'payments'])('an Idempotency-Key on %s', (path) => {
  it('gives the same answer again, and is refused with another body', async () => {
    const key = randomUUID();
    const first = await post(path, key, { reason: REASON });
    expect(first.body).toEqual({ reason: REASON, call: 1 });
    expect(await post(path, key, { reason: REASON })).toEqual(first);
    expect((await post(path, key, { reason: 'autre' })).body.code).toBe('idempotency-key-reused');
    expect(behaviour.calls).toBe(1);
  });

  it('leaves nothing in the database that tells of the request, the answer or itself', async () => {
    const key = `key-${randomUUID()}`;
    behaviour.act = () => ({ slot: 'le-creneau-de-mardi' });
    await post(path, key, { reason: REASON });
    const raw = await rows().find({}, { raw: true }).toArray();
    const everything = Buffer.concat(raw as unknown as Uint8Array[]).toString('latin1');
    for (const hidden of [key, 'douleur', 'mardi', path]) expect(everything).not.toContain(hidden);
    // Nor a digest that whoever guesses the body can recognise.
    const alike = await post(path, `key-${randomUUID()}`, { reason: REASON });
    expect(alike.status).toBe(201);
    const digests = (await rows().find().toArray()).map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('is another key on another route', async () => {
    const key = randomUUID();
    await post('notes', key, { n: 1 });
    expect((await post('payments', key, { n: 2 })).body).toEqual({ n: 2, call: 2 });
  });

  it('keeps no conflict: what was in the way may be gone', async () => {
    const key = randomUUID();
    behaviour.act = () => {
      throw new Refusal('conflict', 'slot-taken');
    };
    expect((await post(path, key, { n: 1 })).status).toBe(409);
    behaviour.act = () => ({});
    expect(await post(path, key, { n: 1 })).toMatchObject({ status: 201, body: { call: 2 } });
  });

  it('does not mind rows of before', async () => {
    const key = randomUUID();
    const _id = `anyone|POST /${path}|${key}`;
    await rows().insertOne({ _id, digest: 'x', at: new Date(), refusal: { code: 'slot-taken', extras: {} } } as never);
    expect((await post(path, key, { n: 1 })).status).toBe(201);
  });

  it('is honoured once the database can index again', async () => {
    const collection = Object.getPrototypeOf(rows()) as { createIndex: (...args: unknown[]) => Promise<string> };
    // Of a service that has just started.
    @Module({
      imports: [
        MongoModule.forService(databaseUri(process.env.MONGODB_URI!, connection.name.slice('medflow_'.length))),
      ],
      controllers: [Notes],
    })
    class Restarted {}
    const restarted = await NestFactory.create(Restarted, new FastifyAdapter(), { logger: false });
    restarted.useGlobalFilters(new ProblemFilter({}));
    await restarted.listen(0, '127.0.0.1');
    const ask = async () =>
      (
        await fetch(`http://127.0.0.1:${(restarted.getHttpServer().address() as AddressInfo).port}/${path}`, {
          method: 'POST',
          headers: { 'idempotency-key': randomUUID() },
        })
      ).status;
    const refusing = jest.spyOn(collection, 'createIndex').mockRejectedValueOnce(new Error('the disk is full'));
    try {
      expect(await ask()).toBe(500);
      expect(await ask()).toBe(201);
    } finally {
      refusing.mockRestore();
      await restarted.close();
    }
  });
});

describe('a request that an outage broke off', () => {
  type Writes = Record<'insertOne' | 'deleteOne', (...args: unknown[]) => Promise<unknown>>;
  const lost = () => new mongo.MongoNetworkError('connection closed', {});
  const afterTheAnswerIsLost = (of: Writes) => {
    const { insertOne } = of;
    return jest.spyOn(of, 'insertOne').mockImplementationOnce(async function (this: Writes, ...args: unknown[]) {
      await insertOne.apply(this, args);
      throw lost();
    });
  };
  const beforeItsEnd = (of: Writes) => jest.spyOn(of, 'deleteOne').mockRejectedValueOnce(lost());

  it.each([afterTheAnswerIsLost, beforeItsEnd])('can be repeated at once: %p', async (fault) => {
    const key = randomUUID();
    behaviour.act = () => {
      throw lost();
    };
    const writes = fault(Object.getPrototypeOf(rows()) as Writes);
    expect((await post('payments', key, { n: 1 })).status).toBe(503);
    expect(writes).toHaveBeenCalled();
    writes.mockRestore();
    behaviour.act = () => ({});
    expect((await post('payments', key, { n: 1 })).status).toBe(201);
  });

  it('is not repeated while it is under way', async () => {
    const key = randomUUID();
    let end!: () => void;
    const ended = new Promise<void>((resolve) => (end = resolve));
    behaviour.act = () => ended.then(() => ({}));
    const first = post('payments', key, { n: 1 });
    await eventually(() => behaviour.calls === 1);
    expect((await post('payments', key, { n: 1 })).body.code).toBe('request-in-progress');
    end();
    expect((await first).status).toBe(201);
  });
});

describe('a decline', () => {
  it('is the answer to that attempt where the handler acts outside, without what people wrote', async () => {
    const key = randomUUID();
    behaviour.act = () => {
      throw new Refusal('declined', 'payment-declined', { declineCode: 'generic_decline', note: REASON });
    };
    const first = await post('payments', key, { n: 1 });
    const again = await post('payments', key, { n: 1 });
    expect([first.status, again.status, behaviour.calls]).toEqual([402, 402, 1]);
    expect(again.body.declineCode).toBe('generic_decline');
    expect(again.body.note).toBeUndefined();
  });

  it('is decided anew where nothing happened outside', async () => {
    const key = randomUUID();
    behaviour.act = () => {
      throw new Refusal('declined', 'payment-declined');
    };
    await post('notes', key, { n: 1 });
    await post('notes', key, { n: 1 });
    expect(behaviour.calls).toBe(2);
  });
});
