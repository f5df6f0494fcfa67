import { describe, expect, it } from '@jest/globals';
import { defineContract } from '@medflow/contracts';
import { MongoModule, MongoTransactions } from '@medflow/service-kit';
import { Controller } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IsString } from 'class-validator';
import mongoose from 'mongoose';
import { connectBus, type EventEnvelope, InProcessBus, MessagingModule, Outbox, Subscribe } from '../src/index.js';

class Seen { @IsString() text: string; }
const seen = defineContract({ type: 'tests.seen.v1', data: Seen, example: { text: 'x' } });
const got: unknown[] = [];
let fail = 2;

@Controller()
class Subs {
  @Subscribe(seen, { queue: 'tests.seen' })
  async on(data: Seen, event: EventEnvelope<Seen>): Promise<void> {
    if (fail-- > 0) throw new Error('no');
    got.push([data, event.sequence]);
  }
}

describe('smoke', () => {
  it('works', async () => {
    const uri = `${process.env['MONGODB_URI'] ?? ''}`;
    const c = await mongoose.createConnection(uri, { dbName: `bus_${Date.now()}` }).asPromise();
    const bus = new InProcessBus(c.db!, { retryDelays: [50, 50] });
    const app = await NestFactory.create({ module: Subs, imports: [
      MongoModule.forService(uri.replace('/?', `/svc_${Date.now()}?`)),
      MessagingModule.forService({ service: 'tests', contracts: [seen], topology: { 'tests.seen': [seen.type] }, bus: { kind: 'in-process', bus } }),
    ], controllers: [Subs] } as never, new FastifyAdapter(), { logger: ['error','warn'] });
    await connectBus(app);
    await app.init();
    const tx = app.get(MongoTransactions), outbox = app.get(Outbox);
    const t0 = Date.now();
    await tx.run(() => outbox.append([{ contract: seen, subject: 'a', sequence: 1, data: { text: 'hi' } }, { contract: seen, subject: 'a', sequence: 2, data: { text: 'ho' } }]));
    while (got.length < 2 && Date.now() - t0 < 5000) await new Promise((r) => setTimeout(r, 10));
    console.log(got, Date.now() - t0);
    await app.close();
    bus.close();
    await c.close();
    expect(got.length).toBe(2);
  });
});
