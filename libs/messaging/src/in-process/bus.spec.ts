import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Db } from '../mongo.js';
import { InProcessBus } from './bus.js';

const HOUR_MS = 3_600_000;

let lines: string[];
let commands: number;
let fails: boolean;
const db = {
  collection: () => ({
    find: () => ({
      limit: () => ({
        toArray: async () => {
          commands += 1;
          if (fails) throw new Error('the database is away');
          return [];
        },
      }),
    }),
  }),
} as unknown as Db;

beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-23T09:00:00Z') });
  [lines, commands] = [[], 0];
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(String(line)));
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

describe('the bus of one process', () => {
  it.each([true, false])('looks for wanted replays twice a minute at most (failing: %s)', async (failing) => {
    fails = failing;
    const bus = new InProcessBus(db);
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    bus.close();
    expect(commands).toBeGreaterThan(50);
    expect(commands).toBeLessThan(140);
    expect(lines.length).toBeLessThan(10);
  });
});
