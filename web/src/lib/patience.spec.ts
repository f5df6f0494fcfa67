import { describe, expect, it } from 'vitest';
import { lookAgainIn } from './patience';

describe('what a page waits for', () => {
  it('is looked at every two seconds at first, and ever more seldom', () => {
    const looks: number[] = [];
    for (let at = 0; at < 3_600_000; at += lookAgainIn(0, at)) looks.push(at / 1_000);
    expect(looks.slice(0, 5)).toEqual([0, 2, 4, 6, 8]);
    expect(looks.length).toBeGreaterThan(60);
    expect(looks.length).toBeLessThan(90);
    expect(lookAgainIn(0, 3_600_000)).toBe(60_000);
  });
});
