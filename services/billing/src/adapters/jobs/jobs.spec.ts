import { BackgroundWorks } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ReconcileHandler } from '../../application/reconcile.js';
import type { SettleHandler } from '../../application/settle.js';
import type { Charges } from '../../domain/charges.js';
import { Clock } from '../../domain/ports.js';
import { Jobs } from './jobs.js';
import { ReconciliationJob } from './reconciliation.js';

const HOUR_MS = 3_600_000;
/** Doublings to a minute, then half a minute to a minute each time. */
const MOST_ATTEMPTS = 140;
const MOST_LINES = 10;

class SystemClock extends Clock {
  now = () => new Date();
}

let lines: string[];
let works: BackgroundWorks;
beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z') });
  lines = [];
  jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(String(line)));
  works = new BackgroundWorks({ back: new Subject() } as never);
});
afterEach(async () => {
  await works.onModuleDestroy();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

function settling(settle: (id: string) => Promise<'done'>, charges: Partial<Charges>): Jobs {
  const jobs = new Jobs(works, new SystemClock());
  jobs.serve({ attempt: settle } as unknown as SettleHandler, charges as Charges);
  jobs.onApplicationBootstrap();
  return jobs;
}

describe('the charges that want something', () => {
  it('cost no more than they must in an hour in which they cannot be read', async () => {
    let commands = 0;
    settling(async () => 'done', {
      takeDue: () => {
        commands += 1;
        return Promise.reject(new Error('the database is away'));
      },
    });
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(commands).toBeGreaterThan(50);
    expect(commands).toBeLessThan(MOST_ATTEMPTS);
    expect(lines.length).toBeLessThan(MOST_LINES);
  });

  it('are looked for twice a minute at most when there are none', async () => {
    let commands = 0;
    settling(async () => 'done', {
      takeDue: async () => {
        commands += 1;
        return { ids: [] };
      },
    });
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(commands).toBeLessThan(130);
  });

  it('are settled at once when they were just saved, the others when they are due', async () => {
    const settled: [string, number][] = [];
    const start = Date.now();
    const due = new Map<string, Date>();
    const jobs = settling(
      async (id) => {
        settled.push([id, Date.now() - start]);
        return 'done';
      },
      {
        takeDue: async (now) => {
          const ids = [...due].filter(([, at]) => at <= now).map(([id]) => id);
          for (const id of ids) due.delete(id);
          return { ids };
        },
      },
    );
    await jest.advanceTimersByTimeAsync(100_000);
    jobs.settleAt('now', new Date());
    due.set('later', new Date(Date.now() + 4_321));
    jobs.settleAt('later', due.get('later')!);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(settled).toEqual([
      ['now', 100_000],
      ['later', 104_321],
    ]);
  });

  it('that fail for ever fill no log', async () => {
    // As the handler puts them off: longer each time, at most ten minutes.
    let failures = 0;
    let due: Date | undefined = new Date();
    settling(
      async () => {
        failures += 1;
        due = new Date(Date.now() + Math.min(1_000 * 2 ** (failures - 1), 600_000));
        throw new Error('no answer');
      },
      {
        takeDue: async (now) => {
          if (!due || due > now) return due ? { ids: [], next: due } : { ids: [] };
          due = undefined;
          return { ids: ['c1'] };
        },
      },
    );
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(failures).toBeGreaterThan(8);
    expect(failures).toBeLessThan(20);
    expect(lines.length).toBeLessThan(MOST_LINES);
  });
});

describe('the reconciliation', () => {
  const job = (reconcile: () => Promise<object>, exists: () => Promise<object | null>) =>
    new ReconciliationJob(works, { execute: reconcile } as unknown as ReconcileHandler, new SystemClock(), {
      exists,
      collection: { insertOne: async () => undefined },
    } as never).onApplicationBootstrap();

  it('that fails is tried again ever more seldom, every hour at most', async () => {
    let attempts = 0;
    job(
      () => {
        attempts += 1;
        return Promise.reject(new Error('no answer'));
      },
      async () => null,
    );
    await jest.advanceTimersByTimeAsync(24 * HOUR_MS);
    expect(attempts).toBeGreaterThan(20);
    expect(attempts).toBeLessThan(60);
    expect(lines.length).toBeLessThan(MOST_LINES);
  });

  it('comes once a night', async () => {
    const nights: string[] = [];
    const done = new Set<string>();
    job(
      async () => {
        nights.push(new Date().toISOString());
        done.add('x');
        return { compared: 0, differences: [], refused: [] };
      },
      async () => (done.size > 0 ? {} : null),
    );
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(nights).toHaveLength(1);
    done.clear();
    jest.setSystemTime(Date.parse('2026-11-24T02:59:00Z'));
    await jest.advanceTimersByTimeAsync(2 * HOUR_MS);
    expect(nights).toHaveLength(2);
  });
});
