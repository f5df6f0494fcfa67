import { describe, expect, it } from '@jest/globals';
import { Signal } from './signal.js';

const took = async (work: Promise<void>) => {
  const start = Date.now();
  await work;
  return Date.now() - start;
};

describe('Signal', () => {
  it('collapses signals given while nobody waits into one', async () => {
    const signal = new Signal();
    for (let n = 0; n < 100; n += 1) signal.give();
    expect(await took(signal.wait(500))).toBeLessThan(100);
    expect(await took(signal.wait(60))).toBeGreaterThanOrEqual(55);
  });

  it('wakes who waits', async () => {
    const signal = new Signal();
    setTimeout(() => signal.give(), 10);
    expect(await took(signal.wait(2_000))).toBeLessThan(1_000);
  });
});
