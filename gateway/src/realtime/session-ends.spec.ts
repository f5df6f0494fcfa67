import { sessionEndedV1 } from '@medflow/contracts';
import type { EventEnvelope } from '@medflow/messaging';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type EndedAnswer, SessionEnds } from './session-ends.js';

const MINUTE_MS = 60_000;
let now: number;
let asked: (string | undefined)[];
let ended: string[];
let fails: boolean;
let told: string[];
let ends: SessionEnds;

beforeEach(() => {
  [now, asked, ended, fails, told] = [0, [], [], false, []];
  ends = new SessionEnds(
    async (since): Promise<EndedAnswer> => {
      asked.push(since);
      if (fails) throw new Error('identity does not answer');
      // Identity's clock is another one.
      const at = (milliseconds: number) => new Date(1_800_000_000_000 + now + milliseconds).toISOString();
      return { asOf: at(0), items: ended.map((id) => ({ id, until: at(10 * MINUTE_MS) })) };
    },
    () => now,
  );
  ends.onEnd((id) => told.push(id));
});

const sessionEnded = (sessionId: string) =>
  ends.recordEnd({ type: sessionEndedV1.type, data: { sessionId, accountId: 'amina' } } as EventEnvelope);
/** As a request would ask, and whether it had to wait for the answer. */
const look = async (id: string): Promise<[boolean, 'at once' | 'waited']> => {
  const answer = ends.includes(id);
  return [await answer, answer instanceof Promise ? 'waited' : 'at once'];
};
/** The questions under way are answered. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the gateway’s knowledge of ended sessions', () => {
  it('waits for identity when it knows nothing yet', async () => {
    ended = ['s1'];
    expect(await look('s1')).toEqual([true, 'waited']);
    expect(await look('s2')).toEqual([false, 'at once']);
    expect(asked).toEqual([undefined]);
  });

  it('hears of an end at once, for as long as access tokens may be valid', async () => {
    await look('s1');
    sessionEnded('s1');
    expect(await look('s1')).toEqual([true, 'at once']);
    now += 11 * MINUTE_MS - 1;
    expect(await look('s1')).toEqual([true, 'at once']);
  });

  it('asks at most every 10 s, from where the last answer ended, without anybody’s waiting', async () => {
    await look('s1');
    for (now = 0; now < MINUTE_MS; now += 100) {
      expect(await look('s1')).toEqual([false, 'at once']);
      await settled();
    }
    expect(asked).toHaveLength(6);
    expect(new Set(asked).size).toBe(6);
    expect(asked[1]).toBe(new Date(1_800_000_000_000).toISOString());
  });

  it.each([100, 9_000, 12_000, 25_000, 300_000])(
    'learns within 20 s of an end that the bus has missed, though tokens are presented every %s ms only',
    async (everyMs) => {
      await look('s1');
      now += 1;
      ended = ['s1'];
      const missedAt = now;
      let isOver = false;
      for (; !isOver; now += everyMs) {
        [isOver] = await look('s1');
        await settled();
        if (!isOver) expect(now - missedAt).toBeLessThanOrEqual(20_000);
      }
      expect(told).toEqual(['s1']);
    },
  );

  it('asks nothing while no token is presented', async () => {
    await look('s1');
    now += 24 * 60 * MINUTE_MS;
    await settled();
    expect(asked).toHaveLength(1);
  });

  it('keeps what it knows and lets everybody else pass while identity does not answer', async () => {
    await look('s1');
    sessionEnded('s1');
    fails = true;
    now += 25_000;
    expect(await look('s2')).toEqual([false, 'waited']);
    for (; now < 10 * MINUTE_MS; now += 100) {
      expect(await look('s1')).toEqual([true, 'at once']);
      expect(await look('s2')).toEqual([false, 'at once']);
      await settled();
    }
    // After 10 s, then ever later up to half a minute.
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.length).toBeLessThan(25);
    fails = false;
    ended = ['s2'];
    now += 30_000;
    ends.refresh();
    await settled();
    expect(await look('s2')).toEqual([true, 'at once']);
  });

  it('takes an answer that makes no sense for none', async () => {
    for (const answer of <unknown[]>[{}, { asOf: 'x' }, { items: [{ id: 's1' }] }, null, 'text']) {
      const broken = new SessionEnds(
        () => Promise.resolve(answer as EndedAnswer),
        () => now,
      );
      expect(await broken.includes('s1')).toBe(false);
    }
  });

  it('tells of each end once, however often it comes', async () => {
    sessionEnded('s1');
    sessionEnded('s1');
    ended = ['s1', 's2'];
    await ends.refresh();
    now += 10_000;
    await ends.refresh();
    expect(told).toEqual(['s1', 's2']);
  });

  it('asks once for a thousand who wait', async () => {
    ended = ['s1'];
    const answers = await Promise.all(Array.from({ length: 1000 }, () => ends.includes('s1')));
    expect(new Set(answers)).toEqual(new Set([true]));
    expect(asked).toHaveLength(1);
  });
});
