import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { InjectModel, MongooseModule, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Access } from '@medflow/access';
import { eventually, MongoProxy, steppedDown } from '@medflow/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Model } from 'mongoose';
import {
  databaseUri,
  defineService,
  Idempotent,
  isDuplicateKey,
  May,
  MongoModule,
  MongoTransactions,
  type RunningService,
  Text,
} from '../src/index.js';

@Schema({ collection: 'bookings' })
class BookingRecord {
  @Prop({ type: String, unique: true }) slot!: string;
}

class BookingBody {
  @Text({ max: 40 }) slot!: string;
}

const access = new Access<{ booking: unknown }>('bookings', {
  'Anybody may list and make bookings.': { who: 'anyone', may: ['list', 'make'], on: 'booking', purpose: 'public' },
});

class SlotTaken extends Error {
  readonly code = 'conflict';
  readonly kind = 'conflict';
}

@Controller('bookings')
class BookingsController {
  constructor(
    @InjectModel(BookingRecord.name) private readonly bookings: Model<BookingRecord>,
    private readonly transactions: MongoTransactions,
  ) {}

  @Get()
  @May(access, 'list', 'booking')
  async all() {
    return { items: await this.bookings.find().lean() };
  }

  @Post()
  @May(access, 'make', 'booking')
  @Idempotent()
  async book(@Body() { slot }: BookingBody) {
    await this.transactions.run(async () => {
      try {
        await this.bookings.create([{ slot }], { session: this.transactions.session });
      } catch (error) {
        throw isDuplicateKey(error) ? new SlotTaken(slot) : error;
      }
    });
    return { slot };
  }
}

describe('a service whose database is away', () => {
  let proxy: MongoProxy;
  let service: RunningService;
  let url: string;

  beforeAll(async () => {
    proxy = await MongoProxy.start(process.env.MONGODB_URI!);
    const schema = SchemaFactory.createForClass(BookingRecord);
    const mongoUri = databaseUri(proxy.uri, `outages_${randomUUID().slice(0, 8)}`);
    @Module({
      imports: [MongoModule.forService(mongoUri), MongooseModule.forFeature([{ name: BookingRecord.name, schema }])],
      controllers: [BookingsController],
    })
    class BookingsModule {}
    const definition = defineService({ name: 'bookings', module: () => BookingsModule });
    service = await definition.create({
      env: { LOG_LEVEL: 'silent' },
      mongoUri,
      bus: undefined,
      port: 0,
      host: '127.0.0.1',
      internalToken: 'test-internal-token',
      upstreams: {},
    });
    url = `http://127.0.0.1:${service.port}`;
  });
  afterAll(async () => {
    await service.close();
    await proxy.stop();
  });
  afterEach(async () => {
    goBack();
    await eventually(async () => (await fetch(`${url}/readyz`)).status === 200, { timeoutMs: 10_000 });
  });

  const goAway = () => {
    proxy.reachable = false;
    proxy.cutAll();
  };
  const goBack = () => {
    proxy.reachable = true;
    proxy.hello = (hello) => hello;
    proxy.fate = () => 'pass';
  };
  const timed = async (call: () => Promise<Response>) => {
    const at = Date.now();
    return { answer: await call(), ms: Date.now() - at };
  };
  const book = (slot: string, key: string = randomUUID()) =>
    fetch(`${url}/bookings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ slot }),
    });

  it('answers 503 with Retry-After at once, is not ready, and is both again by itself', async () => {
    expect((await book('before')).status).toBe(201);
    goAway();
    const meanwhile = await Promise.all(Array.from({ length: 10 }, () => timed(() => fetch(`${url}/bookings`))));
    expect(meanwhile.every(({ answer, ms }) => answer.status === 503 && ms < 1_500)).toBe(true);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    const at = Date.now();
    const answers = await Promise.all([book('a'), fetch(`${url}/bookings`), book('b'), fetch(`${url}/bookings`)]);
    expect(Date.now() - at).toBeLessThan(500);
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
      expect(await answer.json()).toMatchObject({ code: 'service-unavailable', status: 503 });
    }
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    goBack();
    await eventually(async () => (await book('after')).status !== 503, { timeoutMs: 10_000 });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('never calls what it has booked itself taken: the same key is answered 201 in the end', async () => {
    const forgotten = {
      ok: 0,
      code: 251,
      codeName: 'NoSuchTransaction',
      errmsg: 'the server was restarted',
      errorLabels: ['TransientTransactionError'],
    };
    const fates = ['lose-answer' as const, forgotten];
    proxy.fate = (command) => ('commitTransaction' in command ? (fates.shift() ?? 'pass') : 'pass');
    const key = randomUUID();
    const statuses: number[] = [];
    await eventually(
      async () => {
        const { status } = await book('lost-answer', key);
        statuses.push(status);
        return status === 201;
      },
      { timeoutMs: 10_000, everyMs: 100 },
    );
    expect(statuses.filter((status) => status !== 201 && status !== 503)).toEqual([]);
    expect((await book('lost-answer')).status).toBe(409);
  });

  it('answers nothing but 201 and 503 while its primary steps down', async () => {
    Object.assign(proxy, steppedDown);
    proxy.cutAll();
    const until = Date.now() + 3_000;
    const keys = Array.from({ length: 8 }, () => randomUUID());
    const seen = new Set<number>();
    const persist = async (key: string, at: number) => {
      for (;;) {
        const { status } = await book(`election-${at}`, key);
        seen.add(status);
        if (status === 201) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const all = Promise.all(keys.map(persist));
    await new Promise((resolve) => setTimeout(resolve, until - Date.now()));
    goBack();
    await all;
    expect([...seen].sort()).toEqual([201, 503]);
    const { items } = (await (await fetch(`${url}/bookings`)).json()) as { items: { slot: string }[] };
    expect(items.filter(({ slot }) => slot.startsWith('election-'))).toHaveLength(keys.length);
  });
});
