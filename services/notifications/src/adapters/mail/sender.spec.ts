import { BackgroundWorks } from '@medflow/service-kit';
import { Logger } from '@nestjs/common';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { SendMailHandler } from '../../application/send-mail.js';
import { MailSender } from './sender.js';
import { MailQueued } from './mail-queued.js';

const HOUR_MS = 3_600_000;

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

function sending(handler: Partial<SendMailHandler>) {
  const works = new BackgroundWorks({ back: new Subject() } as never);
  const queued = new MailQueued();
  const turns: number[] = [];
  const execute = async (stopped: () => boolean) => {
    turns.push(Date.now());
    return (await handler.execute?.(stopped)) ?? { failures: [], next: undefined };
  };
  const counted = { execute } as unknown as SendMailHandler;
  new MailSender(works, queued, counted).onApplicationBootstrap();
  return { queued, turns, stop: () => works.onModuleDestroy() };
}

describe('the sender of letters', () => {
  it('sends at the commit, and looks twice a minute at most', async () => {
    const { queued, turns, stop } = sending({});
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(turns.length).toBeLessThan(130);
    await jest.advanceTimersByTimeAsync(5_000);
    queued.announce();
    await jest.advanceTimersByTimeAsync(0);
    expect(turns.at(-1)).toBe(Date.now());
    await stop();
  });

  it('comes back when a letter that failed is due again', async () => {
    const due = new Date(Date.now() + 7_000);
    const { turns, stop } = sending({ execute: async () => ({ failures: [], next: due }) });
    await jest.advanceTimersByTimeAsync(8_000);
    await stop();
    expect(turns).toContain(due.getTime());
  });

  it('costs no more than it must in an hour in which the queue cannot be read', async () => {
    const { queued, turns, stop } = sending({ execute: () => Promise.reject(new Error('the database is away')) });
    const writer = setInterval(() => queued.announce(), 500);
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    clearInterval(writer);
    await stop();
    expect(turns.length).toBeGreaterThan(50);
    expect(turns.length).toBeLessThan(140);
    expect(lines.length).toBeLessThan(10);
  });

  it('hands back at the end what it has not tried', async () => {
    let told = false;
    const { stop } = sending({
      execute: async (stopped = () => false) => {
        await new Promise((resolve) => setTimeout(resolve, 5_000));
        told = stopped();
        return { failures: [], next: undefined };
      },
    });
    await jest.advanceTimersByTimeAsync(2_000);
    const stopped = stop();
    await jest.advanceTimersByTimeAsync(5_000);
    await stopped;
    expect(told).toBe(true);
  });
});
