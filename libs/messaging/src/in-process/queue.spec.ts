import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PoisonMessage } from '../envelope.js';
import { defaultRetryDelays } from '../transport.js';
import { InProcessQueue, mostInMemory } from './queue.js';
import type { WaitingDelivery, WaitingStore } from './waiting-deliveries.js';

const MINUTE_MS = 60_000;

class FakeStore implements WaitingStore {
  readonly rows = new Map<string, WaitingDelivery>();
  works = true;

  async put(_queue: string, delivery: WaitingDelivery): Promise<void> {
    if (!this.works) throw new Error('the database is away');
    this.rows.set(delivery.id, delivery);
  }
  async first(_queue: string, limit: number, without: readonly string[]): Promise<WaitingDelivery[]> {
    const kept = new Set(without);
    const rows = [...this.rows.values()].filter(({ id }) => !kept.has(id));
    return rows.sort((a, b) => +a.dueAt - +b.dueAt || (a.id < b.id ? -1 : 1)).slice(0, limit);
  }
  async remove(_queue: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) this.rows.delete(id);
  }
}

let queues: InProcessQueue[];
beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z') });
  for (const level of ['warn', 'error', 'log'] as const)
    jest.spyOn(Logger.prototype, level).mockImplementation(() => undefined);
  queues = [];
});
afterEach(() => {
  for (const queue of queues) queue.end();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

function queue(name: string, store = new FakeStore()) {
  const handled: string[] = [];
  const parked: string[] = [];
  const park = async ({ id }: WaitingDelivery) => void parked.push(id);
  const made = new InProcessQueue({ name, store, retryDelays: defaultRetryDelays, park });
  queues.push(made);
  let fault: Error | undefined;
  const handle = async (bodies: readonly (Buffer | string)[]) => {
    if (fault) throw fault;
    handled.push(...bodies.map(String));
  };
  const open = () => made.open({ batch: 32, together: handle, alone: (body) => handle([body]) });
  const fail = (error?: Error) => (fault = error);
  return { queue: made, store, handled, parked, open, fail };
}

const idOf = (n: number) => `${n}`.padStart(6, '0');

describe('a queue of the in-process bus', () => {
  it('that fails for ten minutes holds up itself alone and loses nothing of 20,000 events', async () => {
    const [bad, good] = [queue('bad'), queue('good')];
    for (const { open } of [bad, good]) open();
    bad.fail(new Error('not now'));
    let taken = 0;
    for (let n = 0; n < 20_000; n += 1) {
      const publish = Promise.all([bad, good].map((at) => at.queue.accept(idOf(n), `s${n % 100}`, idOf(n))));
      void publish.then(() => (taken += 1));
      if (n % 200 === 199) await jest.advanceTimersByTimeAsync(6_000);
    }
    expect(good.handled).toHaveLength(20_000);
    // The publishers are done with them: no outbox holds them, nor does memory.
    expect(taken).toBe(20_000);
    expect(bad.handled).toEqual([]);
    bad.fail(undefined);
    await jest.advanceTimersByTimeAsync(20 * MINUTE_MS);
    expect(new Set(bad.handled).size).toBe(20_000);
    expect([bad.parked, good.parked]).toEqual([[], []]);
    expect(bad.store.rows.size).toBe(0);
  }, 60_000);

  it('without a consumer keeps few in memory and the rest in the database, in order', async () => {
    const { queue: waiting, store, handled, open } = queue('early');
    const taken: number[] = [];
    for (let n = 0; n < 1_000; n += 1) void waiting.accept(idOf(n), 's', idOf(n)).then(() => taken.push(n));
    await jest.advanceTimersByTimeAsync(100);
    expect(store.rows.size).toBe(1_000 - mostInMemory);
    expect(taken).toHaveLength(1_000 - mostInMemory);
    open();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(handled).toEqual(Array.from({ length: 1_000 }, (_, n) => idOf(n)));
    expect(store.rows.size).toBe(0);
  });

  it('takes up what another process left waiting', async () => {
    const store = new FakeStore();
    await store.put('late', { id: 'a', subject: 's', body: 'left', attempts: 1, dueAt: new Date(Date.now() + 5_000) });
    const { handled, open } = queue('late', store);
    open();
    await jest.advanceTimersByTimeAsync(4_900);
    expect(handled).toEqual([]);
    await jest.advanceTimersByTimeAsync(200);
    expect(handled).toEqual(['left']);
    await jest.advanceTimersByTimeAsync(100);
    expect(store.rows.size).toBe(0);
  });

  it('parks what no attempt can help at once, and other failures after the last delay', async () => {
    const { queue: failing, parked, open, fail } = queue('failing');
    open();
    fail(new PoisonMessage('not JSON'));
    await failing.accept('poison', 'a', '{');
    expect(parked).toEqual(['poison']);
    fail(new Error('no'));
    const accepted = failing.accept('stubborn', 'b', '{}');
    await jest.advanceTimersByTimeAsync(20);
    await accepted;
    await jest.advanceTimersByTimeAsync(11 * MINUTE_MS);
    expect(parked).toEqual(['poison']);
    await jest.advanceTimersByTimeAsync(MINUTE_MS);
    expect(parked).toEqual(['poison', 'stubborn']);
  });

  it('leaves an event with its publisher when it can be neither handled nor kept', async () => {
    const { queue: failing, store, open, fail } = queue('failing');
    open();
    fail(new Error('no'));
    store.works = false;
    await expect(failing.accept('a', 'a', '{}')).rejects.toThrow('the database is away');
  });
});
