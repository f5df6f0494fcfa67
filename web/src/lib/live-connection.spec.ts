import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepConnected, type LiveSocket } from './live-connection';

const HOUR_MS = 3_600_000;
/** Doublings to a minute, then half a minute to a minute each time. */
const MOST_ATTEMPTS = 140;

class FakeSocket implements LiveSocket {
  connects = 0;
  private readonly listeners = new Map<string, (argument: never) => void>();
  /** What comes of a connection. */
  answer: (socket: FakeSocket) => void = () => undefined;

  connect(): void {
    this.connects += 1;
    setTimeout(() => this.answer(this), 10);
  }
  disconnect(): void {}
  on(event: string, listener: (argument: never) => void): void {
    this.listeners.set(event, listener);
  }
  happens(event: string, argument?: unknown): void {
    this.listeners.get(event)?.(argument as never);
  }
}

const online = new EventTarget();
let renewals: number;
let missed: number;
let renew: () => Promise<boolean>;
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', online.addEventListener.bind(online));
  vi.stubGlobal('removeEventListener', online.removeEventListener.bind(online));
  [renewals, missed] = [0, 0];
  renew = async () => true;
});
afterEach(() => {
  end();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function connected(answer: FakeSocket['answer']): FakeSocket {
  const socket = new FakeSocket();
  socket.answer = answer;
  end = keepConnected(socket, {
    renew: () => {
      renewals += 1;
      return renew();
    },
    missed: () => (missed += 1),
  });
  socket.connect();
  return socket;
}

describe('the live connection, in an hour in which', () => {
  it('the server is away, is tried ever more seldom', async () => {
    const socket = connected((one) => one.happens('connect_error', new Error('xhr poll error')));
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(socket.connects).toBeGreaterThan(50);
    expect(socket.connects).toBeLessThan(MOST_ATTEMPTS);
    expect(renewals).toBe(0);
  });

  it('every token is refused, renews no more often than that', async () => {
    const socket = connected((one) => one.happens('connect_error', new Error('unauthenticated')));
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(socket.connects).toBeLessThan(MOST_ATTEMPTS);
    expect(renewals).toBeLessThan(MOST_ATTEMPTS);
  });

  it('tokens cannot be had, asks for them ever more seldom', async () => {
    renew = () => Promise.reject(new Error('503'));
    connected((one) => one.happens('connect_error', new Error('unauthenticated')));
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(renewals).toBeGreaterThan(50);
    expect(renewals).toBeLessThan(MOST_ATTEMPTS);
  });

  it('it is ended as soon as it is there, neither connects nor reloads more often', async () => {
    const socket = connected((one) => {
      one.happens('connect');
      setTimeout(() => one.happens('disconnect', 'io server disconnect'), 100);
    });
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(socket.connects).toBeLessThan(MOST_ATTEMPTS);
    expect(missed).toBeLessThan(MOST_ATTEMPTS);
  });
});

describe('the live connection', () => {
  it('that lasted is back within a second, and tells that something may have been missed', async () => {
    const socket = connected((one) => one.happens('connect'));
    await vi.advanceTimersByTimeAsync(60_000);
    for (let times = 1; times <= 3; times += 1) {
      socket.happens('disconnect', 'transport close');
      await vi.advanceTimersByTimeAsync(1_100);
      expect([socket.connects, missed]).toEqual([1 + times, times]);
      await vi.advanceTimersByTimeAsync(60_000);
    }
  });

  it('takes a fresh token when the server ended it, and stays away once nobody is signed in', async () => {
    const socket = connected((one) => one.happens('connect'));
    await vi.advanceTimersByTimeAsync(60_000);
    socket.happens('disconnect', 'io server disconnect');
    await vi.advanceTimersByTimeAsync(1_100);
    expect([renewals, socket.connects]).toEqual([1, 2]);
    renew = async () => false;
    socket.happens('disconnect', 'io server disconnect');
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect([renewals, socket.connects]).toEqual([2, 2]);
  });

  it('is tried at once when the network is back', async () => {
    const socket = connected((one) => one.happens('connect_error', new Error('offline')));
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    const before = socket.connects;
    socket.answer = (one) => one.happens('connect');
    online.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(20);
    expect(socket.connects).toBe(before + 1);
    online.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(socket.connects).toBe(before + 1);
  });

  it('ends with the page that wanted it', async () => {
    const socket = connected((one) => one.happens('connect_error', new Error('offline')));
    await vi.advanceTimersByTimeAsync(10_000);
    end();
    const before = socket.connects;
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(socket.connects).toBe(before);
  });
});
