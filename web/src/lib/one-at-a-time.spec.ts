import { describe, expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time';

/** What all tabs of a browser see. */
function sharedStorage(): Storage {
  const values = new Map<string, string>();
  return {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => void values.set(name, value),
    removeItem: (name: string) => void values.delete(name),
  } as unknown as Storage;
}

const noLocks = null as unknown as undefined;

describe('one at a time, without locks', () => {
  it('does the work of five tabs one after the other', async () => {
    const storage = sharedStorage();
    let [running, most, done] = [0, 0, 0];
    const work = async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      return (done += 1);
    };
    const results = await Promise.all(Array.from({ length: 5 }, () => oneAtATime(work, noLocks, storage)));
    expect(results.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(1);
  });

  it('goes on after work that failed', async () => {
    const storage = sharedStorage();
    await expect(oneAtATime(() => Promise.reject(new Error('offline')), noLocks, storage)).rejects.toThrow('offline');
    expect(await oneAtATime(() => Promise.resolve(7), noLocks, storage)).toBe(7);
  });

  it('does not wait for ever for a tab that was closed', async () => {
    const storage = sharedStorage();
    storage.setItem('medflow.refreshing', `${Date.now() + 200} closed`);
    expect(await oneAtATime(() => Promise.resolve(7), noLocks, storage)).toBe(7);
  });
});
