import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { MongoTransactions } from '@medflow/service-kit';
import type { Db } from '../mongo.js';
import type { OutboxRow } from '../outbox.js';
import { Relay, type RelayOptions } from './relay.js';
import type { PublishOutcome, Transport } from '../transport.js';

const HOUR_MS = 3_600_000;
/** Doublings to a minute, then half a minute to a minute each time. */
const MOST_ATTEMPTS = 140;
const MOST_LINES = 10;

let lines: string[];
let relays: Relay[];
beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z') });
  lines = [];
  relays = [];
  jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
  for (const level of ['warn', 'error'] as const)
    jest.spyOn(Logger.prototype, level).mockImplementation((line: unknown) => void lines.push(String(line)));
});
afterEach(async () => {
  const stopped = Promise.all(relays.map((relay) => relay.stop()));
  await jest.advanceTimersByTimeAsync(5_000);
  await stopped;
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const row = (n: number): OutboxRow => ({
  _id: `row-${n}`,
  type: 'tests.noted.v1',
  subject: 's',
  sequence: n,
  live: false,
  body: '{}',
  at: new Date(),
});

/** An outbox that counts what it is asked, and may fail at it. */
class FakeDatabase {
  rows: OutboxRow[] = [];
  commands = 0;
  failing = { reads: false, leases: false, transactions: false };
  private epoch = 0;

  readonly db = {
    createCollection: async () => undefined,
    collection: (name: string) => (name === 'relay_lease' ? this.lease : this.outbox),
  } as unknown as Db;

  readonly transactions = {
    run: async (work: () => Promise<unknown>) => {
      this.ask(this.failing.transactions);
      return work();
    },
  } as unknown as MongoTransactions;

  /** By a process that is dead. */
  mainHeldUntil = 0;

  private readonly lease = {
    findOneAndUpdate: async ({ _id, until }: { _id: string; until: { $lte: Date } }) => {
      this.ask(this.failing.leases);
      if (_id === 'relay' && until.$lte.getTime() < this.mainHeldUntil)
        throw Object.assign(new Error('duplicate key'), { code: 11000 });
      return { epoch: (this.epoch += 1) };
    },
    updateOne: async () => {
      this.ask(this.failing.leases);
      return { matchedCount: 1 };
    },
    deleteOne: async () => this.ask(this.failing.leases),
    find: () => ({
      toArray: async () => {
        this.ask(this.failing.leases);
        return [];
      },
    }),
  };

  private readonly outbox = {
    find: ({ _id = { $nin: [] }, relay }: { _id?: { $nin: string[] }; relay?: string }) => ({
      sort: () => ({
        limit: (most: number) => ({
          toArray: async () => {
            this.ask(this.failing.reads);
            const mine = this.rows.filter((one) => relay === undefined || one.relay === relay);
            return mine.filter((one) => !_id.$nin.includes(one._id)).slice(0, most);
          },
        }),
      }),
    }),
    deleteMany: async ({ _id }: { _id: { $in: string[] } }) => {
      this.ask(false);
      this.rows = this.rows.filter((one) => !_id.$in.includes(one._id));
    },
  };

  private ask(fails: boolean): void {
    this.commands += 1;
    if (fails) throw new Error('the database is away');
  }
}

class FakeTransport implements Transport {
  ready = true;
  connected = true;
  published = 0;
  outcome: () => Promise<PublishOutcome> = async () => 'taken';
  onReady(): void {}
  async connect(): Promise<void> {}
  publish(messages: unknown[]): Promise<PublishOutcome>[] {
    this.published += messages.length;
    return messages.map(() => this.outcome());
  }
  consume(): void {}
  async stopConsuming(): Promise<void> {}
  async close(): Promise<void> {}
}

async function started(options: RelayOptions = {}, database = new FakeDatabase()) {
  const transport = new FakeTransport();
  const relay = new Relay('tests', database.transactions, () => database.db, transport, options);
  relays.push(relay);
  await relay.start();
  await jest.advanceTimersByTimeAsync(1_000);
  database.commands = 0;
  return { database, transport, relay };
}

/** Somebody commits twice a second all the while. */
async function anHour(relay: Relay): Promise<void> {
  let n = 0;
  const writer = setInterval(() => relay.offer([row((n += 1))]), 500);
  await jest.advanceTimersByTimeAsync(HOUR_MS);
  clearInterval(writer);
}

describe('an hour in which', () => {
  it('the outbox cannot be read costs no more than it must', async () => {
    const { database, relay } = await started();
    database.failing = { reads: true, leases: true, transactions: true };
    relay.nudge();
    await anHour(relay);
    expect(database.commands).toBeGreaterThan(50);
    expect(database.commands).toBeLessThan(MOST_ATTEMPTS);
    expect(lines.length).toBeLessThan(MOST_LINES);
  });

  it('nothing can be published costs no more than it must', async () => {
    const { database, transport, relay } = await started();
    transport.outcome = () => Promise.reject(new Error('no broker'));
    for (let n = 0; n < 2_000; n += 1) database.rows.push(row(-n));
    relay.nudge();
    await anHour(relay);
    // A look and the lease each time; the backlog is tried a batch at a time.
    expect(database.commands).toBeLessThan(3 * MOST_ATTEMPTS);
    expect(transport.published).toBeLessThan(500 * MOST_ATTEMPTS);
    expect(lines.length).toBeLessThan(MOST_LINES);
    transport.outcome = async () => 'taken';
    await jest.advanceTimersByTimeAsync(70_000);
    expect(database.rows).toEqual([]);
  });

  it('nothing can be marked costs no more than it must, and is made up for', async () => {
    const { database, relay } = await started({ sole: true });
    database.failing.transactions = true;
    for (let n = 0; n < 20; n += 1) database.rows.push(row(n));
    relay.nudge();
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    // Beside the looks twice a minute.
    expect(database.commands).toBeLessThan(MOST_ATTEMPTS + 2 * 130);
    expect(lines.length).toBeLessThan(MOST_LINES);
    database.failing.transactions = false;
    relay.retry();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(database.rows).toEqual([]);
  });
});

describe('an idle relay', () => {
  it('that is the only one looks twice a minute and keeps no lease alive', async () => {
    const { database } = await started({ sole: true });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(database.commands).toBeLessThanOrEqual(2);
  });

  it('beside others sees their rows within half a second, for 2.5 commands a second', async () => {
    const { database, transport } = await started();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(database.commands / 60).toBeLessThanOrEqual(2.5);
    database.rows.push(row(1));
    await jest.advanceTimersByTimeAsync(550);
    expect(transport.published).toBe(1);
  });

  it('publishes at once what is committed here, whichever it is', async () => {
    for (const sole of [true, false]) {
      const { database, transport, relay } = await started({ sole });
      await jest.advanceTimersByTimeAsync(29_100);
      const fresh = row(1);
      database.rows.push(fresh);
      relay.offer([fresh]);
      await jest.advanceTimersByTimeAsync(5);
      expect(transport.published).toBe(1);
      await jest.advanceTimersByTimeAsync(300);
      expect(database.rows).toEqual([]);
    }
  });
});

describe('a relay after a crash', () => {
  it.each([true, false])('publishes what the dead one left as soon as its lease is over (sole: %s)', async (sole) => {
    const database = new FakeDatabase();
    database.mainHeldUntil = Date.now() + 4_900;
    database.rows.push({ ...row(1), relay: 'the dead one' });
    const { transport } = await started({ sole }, database);
    expect(transport.published).toBe(0);
    await jest.advanceTimersByTimeAsync(5_500);
    expect(transport.published).toBe(1);
  });
});
