import { BackgroundWorks } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { InviteToRateHandler } from '../../application/invite-to-rate.js';
import { Clock } from '../../domain/ports.js';
import type { Visit, Visits } from '../../domain/visit.js';
import { Jobs } from './jobs.js';

const HOUR_MS = 3_600_000;

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

function inviting(visits: Partial<Visits>) {
  const works = new BackgroundWorks({ back: new Subject() } as never);
  new Jobs(works, new InviteToRateHandler(visits as Visits, new SystemClock())).onApplicationBootstrap();
  return () => works.onModuleDestroy();
}

describe('invitations to rate', () => {
  it('cost no more than they must in an hour in which nobody can be asked', async () => {
    let commands = 0;
    const stop = inviting({
      uninvited: () => {
        commands += 1;
        return Promise.reject(new Error('the database is away'));
      },
    });
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    await stop();
    expect(commands).toBeGreaterThan(40);
    expect(commands).toBeLessThan(140);
    expect(lines.length).toBeLessThan(10);
  });

  it('to one visit that cannot be made keep no other waiting', async () => {
    const due = ['broken', 'fine', 'fine too'].map((appointmentId) => ({ appointmentId }) as Visit);
    const asked: string[] = [];
    let attempts = 0;
    const stop = inviting({
      uninvited: async () => due,
      invite: async ({ appointmentId }) => {
        if (appointmentId === 'broken') {
          attempts += 1;
          throw new Error('cannot be told');
        }
        due.splice(
          due.findIndex((visit) => visit.appointmentId === appointmentId),
          1,
        );
        asked.push(appointmentId);
        return true;
      },
    });
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    await stop();
    expect(asked.sort()).toEqual(['fine', 'fine too']);
    expect(attempts).toBeLessThan(140);
    expect(lines.length).toBeLessThan(10);
  });
});
