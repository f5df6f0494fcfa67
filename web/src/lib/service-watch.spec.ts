import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readFor, REFRESH, ServiceWatch } from './service-watch';

const LIST = '/appointments?limit=20';

let asked: { read: string; at: number }[];
/** Reads that the service answers. */
let serves: (read: string) => boolean;

beforeEach(() => {
  vi.useFakeTimers();
  [asked, serves] = [[], () => false];
});
afterEach(() => {
  vi.useRealTimers();
});

function watch(random = Math.random): ServiceWatch {
  const begun = Date.now();
  const service: ServiceWatch = new ServiceWatch(async (read) => {
    asked.push({ read, at: Date.now() - begun });
    if (serves(read)) return true;
    service.failed(read, 'unavailable', 2_000);
    return false;
  }, random);
  return service;
}

describe('while the service is away', () => {
  it('it is asked after ever longer pauses, not sooner than it wishes, and four times a minute in the end', async () => {
    const service = watch(() => 0);
    service.failed(LIST, 'unavailable', 2_000);
    await vi.advanceTimersByTimeAsync(90_000);
    expect(asked.map(({ at }) => at)).toEqual([2_000, 4_000, 8_000, 16_000, 31_000, 46_000, 61_000, 76_000]);
  });

  it('no wish of its own makes a pause longer than a quarter of a minute', async () => {
    const service = watch(() => 1);
    service.failed(LIST, 'unavailable', 3_600_000);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(asked).toHaveLength(1);
  });

  it('one question at a time is asked, however much of the page has failed', async () => {
    const service = watch(() => 0);
    for (let at = 0; at < 20; at += 1) service.failed(`/payments/${at}`, 'unavailable', 2_000);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(asked).toHaveLength(5);
    expect(new Set(asked.map(({ read }) => read)).size).toBe(5);
  });

  it('the page tells it, and that nothing answers at all', async () => {
    const told: string[] = [];
    const service = watch();
    service.subscribe(() => told.push(service.state()));
    service.failed(LIST, 'unreachable');
    service.failed('/notifications', 'unavailable');
    expect(told).toEqual(['unreachable', 'unavailable']);
  });

  it('reads wait for it, except those that nobody wants any more', async () => {
    const service = watch();
    service.failed(LIST, 'unavailable');
    const leaving = new AbortController();
    const ended: string[] = [];
    void service.until(LIST).then(() => ended.push('read'));
    void service.until(LIST, leaving.signal).then(() => ended.push('left'));
    await service.until('/doctors');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ended).toEqual([]);
    leaving.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toEqual(['left']);
    serves = () => true;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(ended).toEqual(['left', 'read']);
  });
});

describe('when the service is back', () => {
  it('the page tells it for a moment', async () => {
    const told: string[] = [];
    const service = watch();
    service.subscribe(() => told.push(service.state()));
    service.failed(LIST, 'unavailable');
    serves = () => true;
    await vi.advanceTimersByTimeAsync(1_100);
    expect(told).toEqual(['unavailable', 'back']);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(told).toEqual(['unavailable', 'back', 'up']);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(1);
  });

  it('an answer to whoever tried again says so without another question', async () => {
    const service = watch();
    service.failed(LIST, 'unavailable');
    service.answered(LIST);
    expect(service.state()).toBe('back');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([]);
  });

  it('a part that still is away is not called back', async () => {
    const told: string[] = [];
    const service = watch();
    service.subscribe(() => told.push(service.state()));
    service.failed('/payments', 'unavailable');
    service.failed(LIST, 'unavailable');
    serves = (read) => read === LIST;
    await vi.advanceTimersByTimeAsync(60_000);
    await service.until(LIST);
    expect(told).toEqual(['unavailable']);
    serves = () => true;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(told).toEqual(['unavailable', 'back', 'up']);
  });

  it('everything that failed is known to be back soon after the first', async () => {
    const service = watch();
    const reads = ['/notifications', LIST, '/payments', '/auth/me', REFRESH];
    for (const read of reads) service.failed(read, 'unavailable');
    serves = () => true;
    await vi.advanceTimersByTimeAsync(1_000 + 4 * 450);
    expect(service.state()).toBe('back');
    expect(asked).toHaveLength(reads.length);
  });

  it('who fails again and again is asked ever more seldom', async () => {
    const service = watch(() => 0);
    serves = () => true;
    service.subscribe(() => {
      if (service.state() === 'back') setTimeout(() => service.failed(LIST, 'unavailable'), 10);
    });
    service.failed(LIST, 'unavailable');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked.length).toBeLessThan(250);
  });

  it('a network that is back is tried at once', async () => {
    const service = watch(() => 0.5);
    service.failed(LIST, 'unreachable');
    await vi.advanceTimersByTimeAsync(60_000);
    const before = asked.length;
    serves = () => true;
    service.hurry();
    await vi.advanceTimersByTimeAsync(300);
    expect([asked.length, service.state()]).toEqual([before + 1, 'back']);
    service.hurry();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(before + 1);
  });

  it('a thousand browsers do not come back in one second', async () => {
    const perSecond = new Map<number, number>();
    const begun = Date.now();
    const back = () => Date.now() - begun > 25_000;
    for (let browser = 0; browser < 1_000; browser += 1) {
      const service: ServiceWatch = new ServiceWatch(async (read) => {
        const second = Math.floor((Date.now() - begun) / 1_000);
        if (back()) perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
        else service.failed(read, 'unavailable', 2_000);
        return back();
      });
      service.failed(LIST, 'unavailable', 2_000);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect([...perSecond.values()].reduce((sum, count) => sum + count, 0)).toBe(1_000);
    expect(Math.max(...perSecond.values())).toBeLessThan(250);
  });
});

describe('what tells that a request would be answered again', () => {
  it.each([
    ['GET', LIST, true, LIST],
    ['POST', '/appointments', true, '/appointments'],
    ['POST', '/appointments/1/cancel', true, '/appointments'],
    ['DELETE', '/payment-methods/1', true, '/payment-methods'],
    ['POST', '/payments', true, '/payments'],
    ['PUT', '/patients/me', true, '/auth/me'],
    ['POST', '/auth/login', false, '/doctors?limit=1'],
    ['POST', REFRESH, true, REFRESH],
  ])('%s %s (signed in: %s) is the read %s', (method, path, signedIn, read) => {
    expect(readFor(method as string, path as string, signedIn as boolean)).toBe(read);
  });
});
