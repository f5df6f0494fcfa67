import { describe, expect, it } from '@jest/globals';
import { Lanes } from './lanes.js';

const turn = (ms = 0) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('Lanes', () => {
  it('keeps the order within a key, whatever each piece of work takes', async () => {
    const lanes = new Lanes();
    const done: string[] = [];
    for (const [index, ms] of [9, 1, 4].entries()) {
      void lanes.run('a', () => turn(ms).then(() => void done.push(`a${index}`)));
      void lanes.run('b', () => turn(ms).then(() => void done.push(`b${index}`)));
    }
    await lanes.idle();
    expect(done.filter((name) => name.startsWith('a'))).toEqual(['a0', 'a1', 'a2']);
    expect(done.filter((name) => name.startsWith('b'))).toEqual(['b0', 'b1', 'b2']);
    expect(done[1]).toBe('b0');
  });

  it('goes on after work that fails, and tells the one who asked for it', async () => {
    const lanes = new Lanes();
    const failing = lanes.run('a', () => Promise.reject(new Error('no')));
    const next = lanes.run('a', () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });

  it('runs no more at a time than its limit', async () => {
    const lanes = new Lanes(2);
    let running = 0;
    let most = 0;
    for (let n = 0; n < 10; n += 1) {
      void lanes.run(`${n}`, async () => {
        most = Math.max(most, (running += 1));
        await turn(1);
        running -= 1;
      });
    }
    await lanes.idle();
    expect(most).toBe(2);
  });
});
