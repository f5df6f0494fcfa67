import { BackgroundWorks } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ExpireRequestsHandler } from '../../application/expire-requests.js';
import type { FindSlotsHandler } from '../../application/find-slots.js';
import type { SettlePracticeHandler } from '../../application/settle-practice.js';
import { Summaries } from '../../application/summaries.js';
import type { Appointments } from '../../domain/appointments.js';
import type { DoctorDays } from '../../domain/doctor-days.js';
import { Clock } from '../../domain/ports.js';
import type { SummaryTurn, SummaryWork } from '../../domain/summary-work.js';
import { HoldEnds } from '../hold-ends.js';
import { PracticeChanges } from '../practice-changes.js';
import { Jobs } from './jobs.js';

const HOUR_MS = 3_600_000;
/** Each kind: doublings to a minute, then half a minute to a minute each time. */
const MOST_ATTEMPTS = 140;
const MOST_LINES = 10;

class SystemClock extends Clock {
  now = () => new Date();
}

let lines: string[];
beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z') });
  lines = [];
  jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(String(line)));
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** The service's work on a database that counts what it is asked, and answers or fails. */
function working(fails: boolean) {
  const asked = new Map<string, number>();
  const at: number[] = [];
  const holds: Date[] = [];
  const answer = async <T>(name: string, value: T): Promise<T> => {
    asked.set(name, (asked.get(name) ?? 0) + 1);
    if (name === 'lapsedHolds') at.push(Date.now());
    if (fails) throw new Error('the database is away');
    return value;
  };
  const appointments = {
    claimUnanswered: () => answer('unanswered', { appointments: [], next: undefined }),
    claimLapsedProposals: () => answer('proposals', { appointments: [], next: undefined }),
    claimLapsedHolds: async () => {
      await answer('lapsedHolds', undefined);
      return { appointments: [], next: holds.find((end) => end.getTime() > Date.now()) };
    },
  } as unknown as Appointments;
  const touched = new Set<string>();
  const due = new Set<string>();
  let tell: () => void = () => undefined;
  const list: Partial<SummaryWork> = {
    touch: (id) => {
      touched.add(id);
      tell();
    },
    whenTouched: (listener) => (tell = listener),
    noteTouched: async () => {
      if (touched.size === 0) return false;
      await answer('touched', undefined);
      for (const id of touched) due.add(id);
      touched.clear();
      return true;
    },
    adopt: async () => undefined,
    claim: async () => {
      await answer('due', undefined);
      const doctors = [...due].map((id) => ({ doctor: { id, published: false } }) as SummaryTurn);
      due.clear();
      return { turns: doctors, next: undefined };
    },
    drop: () => answer('summary', undefined),
  };
  const days = { countEarlier: () => answer('counts', false) } as unknown as DoctorDays;
  const clock = new SystemClock();
  const summaries = new Summaries(list as SummaryWork, {} as FindSlotsHandler, clock);
  const back = new Subject<void>();
  const works = new BackgroundWorks({ back } as never);
  const practice = { execute: () => answer('practices', undefined) } as unknown as SettlePracticeHandler;
  const holdEnds = new HoldEnds();
  const expiry = new ExpireRequestsHandler(appointments, summaries, clock);
  const jobs = new Jobs(works, expiry, summaries, days, practice, holdEnds, new PracticeChanges(), clock);
  jobs.onApplicationBootstrap();
  return { jobs, asked, at, holds, holdEnds, summaries, back, stop: () => works.onModuleDestroy() };
}

describe('what time brings about', () => {
  it('costs no more than it must in an hour in which all of it fails', async () => {
    const { asked, summaries, stop } = working(true);
    const booking = setInterval(() => summaries.touch('doctor-1'), 500);
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    clearInterval(booking);
    await stop();
    expect([...asked.keys()].sort()).toEqual([
      'counts',
      'due',
      'lapsedHolds',
      'practices',
      'proposals',
      'touched',
      'unanswered',
    ]);
    for (const [name, times] of asked) {
      expect([name, times > 50]).toEqual([name, true]);
      expect([name, times < MOST_ATTEMPTS]).toEqual([name, true]);
    }
    expect(lines.length).toBeLessThan(7 * MOST_LINES);
  });

  it('asks next to nothing in an hour in which nothing happens', async () => {
    const { asked, stop } = working(false);
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    await stop();
    expect(asked.get('counts')).toBe(1);
    expect(asked.get('touched')).toBeUndefined();
    expect(asked.get('summary')).toBeUndefined();
    expect(asked.get('due')).toBeLessThan(125);
    expect(asked.get('lapsedHolds')).toBeLessThan(370);
    expect(asked.get('unanswered')).toBeLessThan(125);
    expect(asked.get('proposals')).toBeLessThan(125);
  });

  it('ends a hold when it ends', async () => {
    const { at, holds, holdEnds, stop } = working(false);
    await jest.advanceTimersByTimeAsync(100_000);
    const end = new Date(Date.now() + 3_217);
    holds.push(end);
    holdEnds.expect(end);
    await jest.advanceTimersByTimeAsync(4_000);
    await stop();
    expect(at).toContain(end.getTime());
  });

  it('refreshes a doctor once for many bookings, soon after the first', async () => {
    const { asked, summaries, stop } = working(false);
    await jest.advanceTimersByTimeAsync(10_000);
    for (let n = 0; n < 20; n += 1) {
      summaries.touch('doctor-1');
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(asked.get('summary')).toBe(1);
    await jest.advanceTimersByTimeAsync(5_000);
    await stop();
    expect(asked.get('summary')).toBe(2);
  });

  it('leaves what was touched last to the other replicas when it stops', async () => {
    const { asked, summaries, jobs, stop } = working(false);
    summaries.touch('doctor-1');
    await stop();
    await jobs.beforeApplicationShutdown();
    expect([asked.get('touched'), asked.get('summary')]).toEqual([1, undefined]);
  });

  it('goes on as soon as the database is back', async () => {
    const { asked, back, stop } = working(true);
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    const before = asked.get('unanswered')!;
    back.next();
    await jest.advanceTimersByTimeAsync(1_000);
    await stop();
    expect(asked.get('unanswered')).toBe(before + 1);
  });
});
