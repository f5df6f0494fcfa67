import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, jest } from '@jest/globals';
import { register } from 'prom-client';
import { type Next, RepeatedWork, type RepeatedWorkOptions } from './repeated-work.js';

const HOUR_MS = 3_600_000;
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

let lines: string[];
let works: RepeatedWork[];
beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z') });
  lines = [];
  works = [];
});
afterEach(async () => {
  await Promise.all(works.map((work) => work.stop()));
  jest.useRealTimers();
});

/** Work that notes when it ran, in seconds since it was made, and answers what it is told to. */
function work(answer: (run: number) => Next | Promise<Next>, options: Partial<RepeatedWorkOptions> = {}) {
  const from = Date.now();
  const runs: number[] = [];
  const say = (line: string) => void lines.push(line);
  const repeated = new RepeatedWork({
    name: 'tests.work',
    run: async () => {
      runs.push((Date.now() - from) / 1_000);
      return answer(runs.length);
    },
    logger: { warn: say, log: say },
    ...options,
  });
  works.push(repeated);
  return { repeated, runs };
}

describe('work that repeats', () => {
  it('looks ever more seldom while nobody says that there is some', async () => {
    const { repeated, runs } = work(() => undefined);
    repeated.start();
    await pass(100_000);
    expect(runs).toEqual([1, 3, 7, 15, 31, 61, 91]);
  });

  it('is done at once when somebody says so, once for many who say so at a time', async () => {
    const { repeated, runs } = work(() => undefined);
    repeated.start(0);
    await pass(60_000);
    const before = runs.length;
    for (let n = 0; n < 100; n += 1) repeated.nudge();
    await pass(0);
    expect(runs.slice(before)).toEqual([60]);
  });

  it('is done again when somebody says so while it runs', async () => {
    const first = Promise.withResolvers<void>();
    const { repeated, runs } = work(async (run) => {
      if (run === 1) await first.promise;
      return undefined;
    });
    repeated.start(0);
    await pass(0);
    repeated.nudge();
    first.resolve();
    await pass(0);
    expect(runs).toEqual([0, 0]);
  });

  it('comes when it is due, and no later than when nothing were', async () => {
    const due = (seconds: number) => new Date(Date.now() + seconds * 1_000);
    const { repeated, runs } = work((run) => (run === 1 ? due(7) : due(600)), { idleMs: [30_000, 30_000] });
    repeated.start(0);
    await pass(40_000);
    expect(runs).toEqual([0, 7, 37]);
    repeated.nudge(due(5));
    repeated.nudge(due(9));
    await pass(5_000);
    expect(runs).toEqual([0, 7, 37, 45]);
  });

  it('goes on at once while there may be more, with its gap between', async () => {
    const { repeated, runs } = work((run) => (run < 4 ? 'at-once' : undefined), { gapMs: 20 });
    repeated.start(0);
    await pass(100);
    expect(runs).toEqual([0, 0.02, 0.04, 0.06]);
  });

  it('that fails for ever is tried ever more seldom, said ever more seldom, and hurried by nobody', async () => {
    const { repeated, runs } = work(() => Promise.reject(new Error('no')));
    repeated.start(0);
    const hurry = setInterval(() => repeated.nudge(), 100);
    await pass(HOUR_MS);
    clearInterval(hurry);
    // Seven doublings, then half a minute to a minute each time.
    expect(runs.length).toBeGreaterThan(60);
    expect(runs.length).toBeLessThan(130);
    expect(lines.length).toBeLessThanOrEqual(8);
    expect(lines.slice(0, 3)).toEqual(['put off: no', 'put off: no (2 times so far)', 'put off: no (4 times so far)']);
    const pauses = runs.map((at, n) => at - (runs[n - 1] ?? 0)).slice(1);
    for (const [n, pause] of pauses.entries()) {
      expect(pause).toBeLessThanOrEqual(Math.min(60, 2 ** n));
      expect(pause).toBeGreaterThanOrEqual(Math.min(60, 2 ** n) / 2);
    }
  });

  it('is back at its first pauses once it has gone well', async () => {
    const { repeated, runs } = work((run) => {
      if (run <= 5) throw new Error('no');
      return undefined;
    });
    repeated.start(0);
    await pass(60_000);
    expect(lines.at(-1)).toBe('works again after 5 failures');
    const before = runs.length;
    repeated.nudge();
    await pass(0);
    expect(runs.length).toBe(before + 1);
  });

  it('is tried at once when what it lacked is back, but not without a pause', async () => {
    const { repeated, runs } = work(() => Promise.reject(new Error('no')));
    repeated.start(0);
    await pass(600_000);
    // By chance the last run may have been a moment ago; the next is half a minute from it.
    if (runs.at(-1)! > 599) await pass(1_000);
    const before = runs.length;
    repeated.retry();
    await pass(0);
    expect(runs.length).toBe(before + 1);
    for (let n = 0; n < 50; n += 1) repeated.retry();
    await pass(900);
    expect(runs.length).toBe(before + 1);
  });

  it('may hear later how it went: what was begun and fails makes it pause all the same', async () => {
    const { repeated, runs } = work((run) => {
      setTimeout(() => (run <= 3 ? repeated.failed(new Error('late')) : repeated.succeeded()), 10);
      return 'unsettled';
    });
    repeated.start(0);
    await pass(20);
    repeated.nudge();
    await pass(400);
    expect(runs).toEqual([0]);
    await pass(8_000);
    expect(runs.length).toBeGreaterThanOrEqual(4);
    expect(lines.at(-1)).toBe('works again after 3 failures');
    const before = runs.length;
    repeated.nudge();
    await pass(0);
    expect(runs.length).toBe(before + 1);
  });

  it('ends with the run that is under way', async () => {
    const slow = Promise.withResolvers<void>();
    const seen: boolean[] = [];
    let runs = 0;
    const repeated = new RepeatedWork({
      name: 'tests.work',
      run: async (stopping) => {
        runs += 1;
        seen.push(stopping.aborted);
        await slow.promise;
        seen.push(stopping.aborted);
        return 'at-once';
      },
    }).start(0);
    await pass(0);
    const stopped = repeated.stop();
    slow.resolve();
    await stopped;
    // It is told, so that it may end early.
    expect(seen).toEqual([false, true]);
    repeated.nudge();
    await pass(HOUR_MS);
    expect(runs).toBe(1);
  });

  it('has no part in the request or transaction of whoever asked for it', async () => {
    // Only real timers carry it on.
    jest.useRealTimers();
    const around = new AsyncLocalStorage<string>();
    const seen = Promise.withResolvers<unknown>();
    const { repeated } = work(() => {
      seen.resolve(around.getStore());
      return undefined;
    });
    repeated.start(60_000);
    around.run('a request', () => repeated.nudge());
    expect(await seen.promise).toBeUndefined();
  });

  it('is counted by outcome', async () => {
    const { repeated } = work((run) => {
      if (run === 1) throw new Error('no');
      return undefined;
    });
    const countOf = async (outcome: string) => {
      const { values } = await register.getSingleMetric('medflow_work_attempts_total')!.get();
      return values.find(({ labels }) => labels.work === 'tests.work' && labels.outcome === outcome)?.value ?? 0;
    };
    const before = [await countOf('done'), await countOf('failed')];
    repeated.start(0);
    await pass(1_500);
    expect([await countOf('done'), await countOf('failed')]).toEqual([before[0]! + 1, before[1]! + 1]);
  });
});
