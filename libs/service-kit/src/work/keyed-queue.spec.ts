import { describe, expect, it } from '@jest/globals';
import { KeyedQueue } from './keyed-queue.js';

const later = () => new Promise((resolve) => setImmediate(resolve));

describe('a keyed queue', () => {
  it('runs work of one key one at a time, in order of arrival', async () => {
    const queue = new KeyedQueue();
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await later();
      seen.push(`${name} ends`);
      return name;
    };
    const results = await Promise.all(['a', 'b', 'c'].map((name) => queue.run('key', work(name))));
    expect(results).toEqual(['a', 'b', 'c']);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('tells work whether it had to wait', async () => {
    const queue = new KeyedQueue();
    const waited = (key: string) => queue.run(key, async (is) => is);
    expect(await Promise.all([waited('a'), waited('a'), waited('b')])).toEqual([false, true, false]);
    expect(await waited('a')).toBe(false);
  });

  it('does not let one key wait for another', async () => {
    const queue = new KeyedQueue();
    let release!: () => void;
    const held = queue.run('slow', () => new Promise<void>((resolve) => (release = resolve)));
    expect(await queue.run('quick', async () => 'done')).toBe('done');
    release();
    await held;
  });

  it('goes on after work that failed, whose caller alone is told', async () => {
    const queue = new KeyedQueue();
    const failed = queue.run('key', () => Promise.reject(new Error('no')));
    const next = queue.run('key', async () => 'done');
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('done');
  });

  it('keeps nothing of a key once its work is done', async () => {
    const queue = new KeyedQueue();
    await Promise.all(Array.from({ length: 100 }, (_, n) => queue.run(`key-${n % 7}`, later)));
    expect(queue.size).toBe(0);
  });
});
