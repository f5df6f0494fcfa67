import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { InjectModel, MongooseModule, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { eventually, type Fate, MongoProxy, steppedDown } from '@medflow/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Model } from 'mongoose';
import {
  CommitUncertain,
  DatabaseHealth,
  databaseUri,
  DatabaseUnavailable,
  isOutage,
  MongoModule,
  MongoTransactions,
  SettingError,
} from '../src/index.js';

@Schema({ collection: 'bookings' })
class BookingRecord {
  @Prop({ type: String, unique: true }) slot!: string;
}

class Bookings {
  constructor(
    @InjectModel(BookingRecord.name) readonly model: Model<BookingRecord>,
    readonly transactions: MongoTransactions,
  ) {}
}

const start = async (uri: string) => {
  @Module({
    imports: [
      MongoModule.forService(databaseUri(uri, `outages_${randomUUID().slice(0, 8)}`)),
      MongooseModule.forFeature([{ name: BookingRecord.name, schema: SchemaFactory.createForClass(BookingRecord) }]),
    ],
    providers: [
      {
        provide: Bookings,
        inject: [`${BookingRecord.name}Model`, MongoTransactions],
        useFactory: (model: Model<BookingRecord>, transactions: MongoTransactions) => new Bookings(model, transactions),
      },
    ],
  })
  class Service {}
  return NestFactory.createApplicationContext(Service, { logger: false, abortOnError: false });
};

const timed = async (work: () => Promise<unknown>): Promise<{ error: unknown; ms: number }> => {
  const at = Date.now();
  const error = await work().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, ms: Date.now() - at };
};

describe('a database that is away for a while', () => {
  let proxy: MongoProxy;
  let app: Awaited<ReturnType<typeof start>>;
  let bookings: Bookings;
  let health: DatabaseHealth;

  beforeEach(async () => {
    proxy = await MongoProxy.start(process.env.MONGODB_URI!);
    app = await start(proxy.uri);
    bookings = app.get(Bookings);
    health = app.get(DatabaseHealth);
  });

  afterEach(async () => {
    goBack();
    await eventually(() => health.reachable, { timeoutMs: 10_000 });
    await bookings.model.db.dropDatabase();
    await app.close();
    await proxy.stop();
  });

  const goAway = () => {
    proxy.reachable = false;
    proxy.cutAll();
  };
  const stepDown = () => {
    Object.assign(proxy, steppedDown);
    proxy.cutAll();
  };
  const goBack = () => {
    proxy.reachable = true;
    proxy.hello = (hello) => hello;
    proxy.fate = () => 'pass';
  };

  let runs = 0;
  const book = async (slot: string) => {
    runs = 0;
    return bookings.transactions.run(async () => {
      runs += 1;
      await bookings.model.create([{ slot }], { session: bookings.transactions.session });
    });
  };
  const booked = (slot: string) => bookings.model.countDocuments({ slot });

  /** The first commit meets its fate, the others theirs. */
  const commitsMeet = (...fates: Fate[]) => {
    proxy.fate = (command) => ('commitTransaction' in command ? (fates.shift() ?? 'pass') : 'pass');
  };

  it('is refused at once as soon as that is known, and worked with again by itself', async () => {
    await book('before');
    goAway();
    await eventually(() => !health.up, { timeoutMs: 2_000 });
    const refused = await timed(() => book('meanwhile'));
    expect(refused.error).toBeInstanceOf(DatabaseUnavailable);
    expect(refused.ms).toBeLessThan(100);
    await expect(health.probe()).rejects.toThrow(DatabaseUnavailable);
    goBack();
    await eventually(() => health.up && health.reachable, { timeoutMs: 5_000 });
    await health.probe();
    await book('after');
    expect(await booked('meanwhile')).toBe(0);
    expect(await booked('after')).toBe(1);
  });

  it('answers what was under way within seconds, as an outage', async () => {
    const pending = Array.from({ length: 20 }, (_, at) => timed(() => book(`pending-${at}`)));
    const reads = Array.from({ length: 20 }, () => timed(() => booked('any')));
    goAway();
    for (const { error, ms } of await Promise.all([...pending, ...reads])) {
      expect(error === undefined || isOutage(error)).toBe(true);
      expect(ms).toBeLessThan(3_500);
    }
  });

  it('is waited for while it is away for a moment only', async () => {
    await book('first');
    goAway();
    setTimeout(goBack, 200);
    await book('second');
    expect(await booked('second')).toBe(1);
  });

  it('keeps nothing locked by what it interrupted', async () => {
    const interrupted = await timed(() =>
      bookings.transactions.run(async () => {
        await bookings.model.create([{ slot: 'locked' }], { session: bookings.transactions.session });
        goAway();
        await eventually(() => !health.up);
        await bookings.model.create([{ slot: 'never' }], { session: bookings.transactions.session });
      }),
    );
    expect(isOutage(interrupted.error)).toBe(true);
    // Until nobody waits any more to abort.
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    goBack();
    await eventually(() => health.reachable, { timeoutMs: 5_000 });
    expect((await timed(() => book('locked'))).ms).toBeLessThan(5_000);
    expect(await booked('locked')).toBe(1);
  });

  it('loses the answer to a commit without having the work done again', async () => {
    commitsMeet('lose-answer');
    await book('once');
    expect(runs).toBe(1);
    expect(await booked('once')).toBe(1);
  });

  it('says that it cannot know, rather than refuse its own work, when the server forgot what it had committed', async () => {
    const forgotten = {
      ok: 0,
      code: 251,
      codeName: 'NoSuchTransaction',
      errmsg: 'the server was restarted',
      errorLabels: ['TransientTransactionError'],
    };
    commitsMeet('lose-answer', forgotten);
    const { error } = await timed(() => book('forgotten'));
    expect(error).toBeInstanceOf(CommitUncertain);
    expect(error).toMatchObject({ kind: 'unavailable' });
    expect(runs).toBe(1);
    expect(await booked('forgotten')).toBe(1);
  });

  it('has work done again that was surely not committed', async () => {
    commitsMeet({
      ok: 0,
      code: 112,
      codeName: 'WriteConflict',
      errmsg: '',
      errorLabels: ['TransientTransactionError'],
    });
    await book('conflict');
    expect(runs).toBe(2);
    expect(await booked('conflict')).toBe(1);
  });

  it('lets a primary step down: the work waits a little, and is an outage afterwards', async () => {
    await book('before');
    stepDown();
    const { error, ms } = await timed(() => book('election'));
    expect(isOutage(error)).toBe(true);
    expect(ms).toBeLessThan(7_000);
    await eventually(() => !health.up, { timeoutMs: 3_000 });
    const read = await timed(() => bookings.transactions.run(() => booked('election')));
    expect(read.error).toBeInstanceOf(DatabaseUnavailable);
    goBack();
    await eventually(() => health.reachable, { timeoutMs: 5_000 });
    await book('election');
    expect(await booked('election')).toBe(1);
  });

  it('refuses single writes while it steps down as outages, bulk writes included', async () => {
    Object.assign(proxy, { fate: steppedDown.fate });
    const single = await timed(() => bookings.model.collection.insertOne({ slot: 'single' }));
    const bulk = await timed(() => bookings.model.collection.insertMany([{ slot: 'a' }, { slot: 'b' }]));
    const unordered = await timed(() =>
      bookings.model.collection.bulkWrite([{ insertOne: { document: { slot: 'c' } } }], { ordered: false }),
    );
    for (const { error } of [single, bulk, unordered]) expect(isOutage(error)).toBe(true);
  });
});

describe('a database server without transactions', () => {
  it('is refused at start, with the remedy', async () => {
    const proxy = await MongoProxy.start(process.env.MONGODB_URI!);
    proxy.hello = ({ setName: _name, hosts: _hosts, primary: _primary, me: _me, ...standalone }) => standalone;
    try {
      const refused = await timed(() => start(proxy.uri));
      expect(refused.error).toBeInstanceOf(SettingError);
      expect(String(refused.error)).toMatch(/standalone .* --replSet rs0, .* replicaSet=rs0/);
      expect(refused.ms).toBeLessThan(10_000);
    } finally {
      await proxy.stop();
    }
  });
});
