import { describe, expect, it } from '@jest/globals';
import { DeliveryBatches } from './delivery-batches.js';

const turn = (ms = 0) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A queue of texts `<subject><number>`; what the test names as a culprit cannot be handled. */
function queue({
  batch = 10,
  limit = 16,
  culprits = [] as string[],
  ms = undefined as ((text: string) => number) | undefined,
} = {}) {
  const runs: string[][] = [];
  const done: string[] = [];
  const failed: string[] = [];
  let most = 0;
  let running = 0;
  const run = async (bodies: readonly (Buffer | string)[]) => {
    const texts = bodies.map(String);
    runs.push(texts);
    most = Math.max(most, (running += 1));
    for (const text of texts) await turn(ms?.(text) ?? 0);
    running -= 1;
    const culprit = texts.find((text) => culprits.includes(text));
    if (culprit) throw new Error(culprit);
  };
  const batches = new DeliveryBatches({ batch, together: run, alone: (body) => run([body]) }, limit);
  const add = (...texts: string[]) => {
    for (const body of texts)
      batches.add({
        subject: body[0]!,
        body,
        succeeded: () => void done.push(body),
        failed: async (error) => void failed.push((error as Error).message),
      });
  };
  return { add, batches, runs, done, failed, most: () => most };
}

describe('deliveries of one queue', () => {
  it('that wait are taken together, no more than share one transaction', async () => {
    const { add, batches, runs, done } = queue({ batch: 3 });
    add('a1', 'b1', 'a2', 'c1', 'c2');
    await batches.idle();
    expect(runs).toEqual([['a1'], ['b1', 'a2', 'c1'], ['c2']]);
    expect(done).toEqual(['a1', 'b1', 'a2', 'c1', 'c2']);
  });

  it('that come shortly after a batch wait for company, unless they fill one; what comes alone does not', async () => {
    const { add, batches, runs } = queue({ batch: 3 });
    add('a1');
    expect(runs).toEqual([['a1']]);
    await turn(3);
    add('b1');
    await turn(3);
    add('c1');
    expect(runs).toHaveLength(1);
    await batches.idle();
    expect(runs).toEqual([['a1'], ['b1', 'c1']]);
    await turn(30);
    add('d1');
    expect(runs).toHaveLength(3);
    await turn(3);
    add('a2', 'b2', 'c2');
    expect(runs.at(-1)).toEqual(['a2', 'b2', 'c2']);
    await batches.idle();
  });

  it('that wait for company are given back by a stop', async () => {
    const { add, batches, runs } = queue();
    add('a1');
    await turn(3);
    add('b1');
    expect(batches.stop()).toMatchObject([{ body: 'b1' }]);
    await batches.idle();
    await turn(30);
    expect(runs).toEqual([['a1']]);
  });

  it('are taken apart when one of them fails: only the culprit does, and others of its subject follow it', async () => {
    const { add, batches, runs, done, failed } = queue({ culprits: ['b1'] });
    add('a1', 'b1', 'b2', 'c1');
    await batches.idle();
    expect(failed).toEqual(['b1']);
    expect(done.toSorted()).toEqual(['a1', 'b2', 'c1']);
    const alone = runs.slice(2);
    expect(alone.toSorted()).toEqual([['b1'], ['b2'], ['c1']]);
    expect(alone.findIndex(([text]) => text === 'b1')).toBeLessThan(alone.findIndex(([text]) => text === 'b2'));
  });

  it('go on while one that was taken out of its batch is tried alone', async () => {
    // Long enough for all the others, however busy the machine.
    const { add, batches, done } = queue({ culprits: ['b1'], ms: (text) => (text === 'b1' ? 1_000 : 0) });
    const until = async (count: number) => {
      while (done.length < count) await turn(5);
    };
    add('a1', 'b1', 'c1');
    await until(2);
    add('d1', 'b2');
    await until(3);
    expect(done).toEqual(['a1', 'c1', 'd1']);
    await batches.idle();
    expect(done.at(-1)).toBe('b2');
  });

  it('that share no transaction run side by side up to the limit, those of one subject in order', async () => {
    const { add, batches, done, most } = queue({ batch: 1, limit: 2, ms: (text) => (text === 'a1' ? 9 : 1) });
    add('a1', 'a2', 'a3', 'b1', 'c1', 'd1');
    await batches.idle();
    expect(most()).toBe(2);
    expect(done.filter((text) => text.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(done[0]).toBe('b1');
  });

  it('that have not begun are given back when the queue stops', async () => {
    const { add, batches, done } = queue();
    add('a1', 'b1', 'c1');
    expect(batches.stop().map(({ body }) => body)).toEqual(['b1', 'c1']);
    await batches.idle();
    expect(done).toEqual(['a1']);
  });
});
