import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NightlyCheck } from '../src/replay/nightly-check.js';
import type { ReplayRequest } from '../src/replay/replay.js';
import { MessagingHarness } from './harness.js';

const DAY_MS = 86_400_000;
const night = new Date('2026-11-30T02:00:00Z');
const later = (ms: number, from = night) => new Date(from.getTime() + ms);
const never = new AbortController().signal;

describe('the nightly comparison', () => {
  let harness: MessagingHarness;
  let asked: ReplayRequest[];
  let away: boolean;
  beforeEach(async () => {
    harness = await MessagingHarness.open('in-process');
    [asked, away] = [[], false];
  });
  afterEach(() => harness.close());

  function replica(during: () => Promise<unknown> = async () => undefined): NightlyCheck {
    const replay = {
      service: 'tests',
      async *run(request: ReplayRequest) {
        asked.push(request);
        await during();
        if (away) throw new Error('the other service is away');
        yield { holding: 'notes', compared: 3, published: 1 };
      },
    };
    return new NightlyCheck({} as never, replay as never, { db: harness.db } as never);
  }

  it('is made once a night, from two o’clock, and tells only what is missing', async () => {
    const check = replica();
    expect(await check.runIfDue(later(-1), never)).toEqual(night);
    expect(asked).toEqual([]);
    expect(await check.runIfDue(night, never)).toEqual(later(DAY_MS));
    expect(await check.runIfDue(later(3_600_000), never)).toEqual(later(DAY_MS));
    expect(asked).toEqual([{ missingOnly: true }]);
  });

  it('looks back a week: what was told again may be lost again', async () => {
    const check = replica();
    await check.runIfDue(night, never);
    await check.runIfDue(later(DAY_MS), never);
    expect(asked[1]).toEqual({ missingOnly: true, since: later(-7 * DAY_MS) });
  });

  it('is made by one replica', async () => {
    const others: Date[] = [];
    const second = replica();
    await replica(async () => others.push(await second.runIfDue(night, never))).runIfDue(night, never);
    expect(asked).toHaveLength(1);
    expect(others).toEqual([later(3_600_000)]);
  });

  it('is made again, at once and by whoever comes, when a service that is asked was away', async () => {
    away = true;
    await expect(replica().runIfDue(night, never)).rejects.toThrow('away');
    away = false;
    expect(await replica().runIfDue(later(60_000), never)).toEqual(later(DAY_MS));
    expect(asked).toHaveLength(2);
  });
});
