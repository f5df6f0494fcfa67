import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Journal } from '../src/journal.js';
import { MemoryStore } from '../src/index.js';
import type { ProviderEvent } from '../src/objects.js';
import type { Row, Store } from '../src/store.js';
import { Webhooks } from '../src/webhooks.js';

const HOUR_MS = 3_600_000;

beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z') });
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

class CountingStore implements Store {
  writes = 0;
  fails = false;
  load = async () => [];
  async write(_: readonly Row[]): Promise<void> {
    this.writes += 1;
    if (this.fails) throw new Error('the store is away');
  }
}

const event = { id: 'evt_1', object: 'event', type: 'payment_intent.succeeded', created: 0 } as ProviderEvent;

describe('an hour in which', () => {
  it('nobody takes a webhook costs no more than it must', async () => {
    const store = new CountingStore();
    let calls = 0;
    jest.spyOn(globalThis, 'fetch').mockImplementation(() => {
      calls += 1;
      return Promise.reject(new Error('refused'));
    });
    const webhooks = new Webhooks(
      new Journal(store),
      'whsec',
      () => 'http://127.0.0.1:1',
      {},
      () => 0.5,
    );
    webhooks.begin(webhooks.plan([event], Date.now()));
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    await webhooks.stop();
    // Nine doublings from a second, then every five minutes.
    expect(calls).toBeGreaterThan(12);
    expect(calls).toBeLessThan(25);
    expect(store.writes).toBe(calls);
    expect(webhooks.waiting).toBe(1);
  });

  it('it is not known where webhooks go asks for it ever more seldom', async () => {
    let asked = 0;
    const where = () => {
      asked += 1;
      return undefined;
    };
    const webhooks = new Webhooks(new Journal(new MemoryStore()), 'whsec', where, {}, () => 0.5);
    webhooks.begin(webhooks.plan([event], Date.now()));
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    await webhooks.stop();
    expect(asked).toBeLessThan(140);
    expect(webhooks.waiting).toBe(1);
  });

  it('the store takes nothing costs no more than it must, and holds up no end', async () => {
    const store = new CountingStore();
    store.fails = true;
    const journal = new Journal(store);
    journal.add([{ id: 'a', kind: 'object', data: {} }]);
    const kept = journal.kept();
    kept.catch(() => undefined);
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(store.writes).toBeGreaterThan(100);
    expect(store.writes).toBeLessThan(260);
    journal.insistNoMore();
    await expect(kept).rejects.toThrow('the store is away');
  });
});

it('webhooks are given up after three days, not before', async () => {
  jest.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.reject(new Error('refused')));
  const webhooks = new Webhooks(
    new Journal(new MemoryStore()),
    'whsec',
    () => 'http://127.0.0.1:1',
    {},
    () => 0.5,
  );
  webhooks.begin(webhooks.plan([event], Date.now()));
  await jest.advanceTimersByTimeAsync(71 * HOUR_MS);
  expect(webhooks.waiting).toBe(1);
  await jest.advanceTimersByTimeAsync(2 * HOUR_MS);
  expect(webhooks.waiting).toBe(0);
  await webhooks.stop();
});
