import { describe, expect, it } from '@jest/globals';
import type { MongoTransactions } from '@medflow/service-kit';
import type { Db } from '../mongo.js';
import type { OutboxRow } from '../outbox.js';
import type { OutgoingMessage, PublishOutcome } from '../transport.js';
import { Deposed } from './lease.js';
import { Marking } from './marking.js';
import { OfferedRows } from './offered-rows.js';
import { OutboxChanges } from './outbox-changes.js';
import { RelayPace } from './pace.js';
import { Publishing } from './publishing.js';
import { OutboxReading } from './reading.js';

const row = (n: number, more: Partial<OutboxRow> = {}): OutboxRow => ({
  _id: `row-${n}`,
  type: 'tests.noted.v1',
  subject: 's',
  sequence: n,
  live: false,
  body: '{}',
  at: new Date(Date.now() - n * 1_000),
  ...more,
});
const settledPromises = () => new Promise((resolve) => setImmediate(resolve));

describe('publishing', () => {
  function publishing(outcome: (message: OutgoingMessage) => Promise<PublishOutcome>) {
    const events: string[] = [];
    const publish = (messages: OutgoingMessage[]) =>
      messages.map((message) => (events.push(message.id), outcome(message)));
    const made = new Publishing(
      { publish },
      {
        settled: ({ _id }, how) => void events.push(`${_id} ${how}`),
        failed: ({ _id }) => void events.push(`${_id} failed`),
      },
    );
    return { publishing: made, events };
  }

  it('hands rows over in the order of their aggregate’s versions and tells what became of each', async () => {
    const { publishing: made, events } = publishing(async ({ id }) => {
      if (id === 'row-3') throw new Error('no broker');
      return id === 'row-1' ? 'taken' : 'unroutable';
    });
    made.publish([row(2), row(1), row(3)]);
    await settledPromises();
    expect(events).toEqual(['row-1', 'row-2', 'row-3', 'row-1 taken', 'row-2 unroutable', 'row-3 failed']);
    // What failed is to be read again; the others have still to leave the outbox.
    expect(made.ids).toEqual(['row-1', 'row-2']);
    expect(made.oldestAgeSeconds).toBeCloseTo(2, 0);
    made.release([row(1), row(2)]);
    expect([made.size, made.oldestAgeSeconds]).toEqual([0, 0]);
  });
});

describe('marking', () => {
  function marking(fault?: Error) {
    const commands: string[] = [];
    const rows = {
      deleteMany: async ({ _id }: { _id: { $in: string[] } }) => void commands.push(`delete ${_id.$in.join(' ')}`),
      updateOne: async ({ _id }: { _id: string }, { $set }: { $set: { attempts: number } }) =>
        void commands.push(`${_id} attempts ${$set.attempts}`),
    };
    const at = { fault };
    const transactions = { run: (work: () => Promise<void>) => work() } as unknown as MongoTransactions;
    const db = () => ({ collection: () => rows }) as unknown as Db;
    const made = new Marking(transactions, db, {
      assertIn: async () => {
        if (at.fault) throw at.fault;
      },
    });
    return { marking: made, commands, at };
  }

  it('takes out all that was taken in one command and puts off what no queue took', async () => {
    const { marking: made, commands } = marking();
    made.add(row(1), 'taken');
    made.add(row(2, { attempts: 3 }), 'unroutable');
    made.add(row(3), 'taken');
    expect((await made.mark()).map(({ _id }) => _id)).toEqual(['row-1', 'row-2', 'row-3']);
    expect(commands).toEqual(['delete row-1 row-3', 'row-2 attempts 4']);
    expect(await made.mark()).toEqual([]);
  });

  it('writes nothing when the lease is another’s, and is made up for when it failed', async () => {
    const { marking: made, commands, at } = marking(new Deposed());
    made.add(row(1), 'taken');
    await expect(made.mark()).rejects.toThrow(Deposed);
    expect([commands, made.size]).toEqual([[], 1]);
    at.fault = undefined;
    await made.mark();
    expect(commands).toEqual(['delete row-1']);
  });
});

describe('reading', () => {
  it('asks for what is this relay’s and not being published, and is due when asked or after a while', async () => {
    const filters: object[] = [];
    const cursor = { sort: () => cursor, limit: () => cursor, toArray: async () => [row(1)] };
    const find = (filter: object) => (filters.push(filter), cursor);
    const db = () => ({ collection: () => ({ find }) }) as unknown as Db;
    const reading = new OutboxReading(db, { mine: async () => ({ relay: 'me' }) });
    expect(reading.isDue(1_000)).toBe(true);
    expect(await reading.next(10, ['row-9'])).toHaveLength(1);
    expect(filters).toMatchObject([{ _id: { $nin: ['row-9'] }, relay: 'me' }]);
    expect([reading.isDue(1_000), reading.isDue(0)]).toEqual([false, true]);
    reading.ask();
    expect(reading.isDue(1_000)).toBe(true);
  });
});

describe('offered rows', () => {
  it('come in the order of their commits, but for those that reading has found meanwhile', () => {
    const offered = new OfferedRows(10);
    offered.add([row(1), row(2)], 0);
    offered.add([row(3)], 0);
    expect(offered.takeUnless((id) => id === 'row-2').map(({ _id }) => _id)).toEqual(['row-1', 'row-3']);
    expect(offered.takeUnless(() => false)).toEqual([]);
  });

  it('are refused whole where there is no room beside what is being published', () => {
    const offered = new OfferedRows(3);
    expect(offered.add([row(1), row(2)], 2)).toBe(false);
    expect(offered.add([row(1)], 2)).toBe(true);
    expect(offered.add([row(2)], 2)).toBe(false);
    offered.forget();
    expect(offered.add([row(2)], 2)).toBe(true);
    expect(offered.takeUnless(() => false).map(({ _id }) => _id)).toEqual(['row-2']);
  });
});

describe('the pace of a relay', () => {
  it('is that of the poll for the main one of several, and half a minute for whoever is told', () => {
    const [several, sole] = [new RelayPace({}), new RelayPace({ sole: true })];
    expect([several.lookMs(true), several.lookMs(false)]).toEqual([500, 30_000]);
    expect([sole.lookMs(true), sole.lookMs(false)]).toEqual([30_000, 30_000]);
    expect([several.longestMs, sole.longestMs]).toEqual([1_000, 30_000]);
  });

  it('looks at the lease of another five times while that lasts, and no more often than at the outbox', () => {
    expect(new RelayPace({ leaseMs: 10_000 }).leaseLookMs).toBe(2_000);
    expect(new RelayPace({ pollMs: 3_000, leaseMs: 10_000 }).leaseLookMs).toBe(3_000);
  });

  it('tries again after one poll at first, and after a minute at most', () => {
    expect(new RelayPace({ pollMs: 250 }).failureMs).toEqual([250, 60_000]);
  });
});

describe('changes of the outbox', () => {
  it('are told of until the stream fails, of which one line is written', async () => {
    const handlers = new Map<string, (given: unknown) => void>();
    const closed: string[] = [];
    const stream = {
      on: (name: string, handler: (given: unknown) => void) => handlers.set(name, handler),
      close: async () => void closed.push('closed'),
    };
    const db = () => ({ collection: () => ({ watch: () => stream }) }) as unknown as Db;
    const [seen, lines]: [string[], string[]] = [[], []];
    const logger = { warn: (line: unknown) => void lines.push(String(line)) };
    const changes = new OutboxChanges(db, () => void seen.push('written'), logger);
    await changes.close();
    changes.open();
    handlers.get('change')!({});
    expect([seen, closed]).toEqual([['written'], []]);
    handlers.get('error')!(new Error('not supported'));
    expect([lines.length, closed]).toEqual([1, ['closed']]);
  });
});
