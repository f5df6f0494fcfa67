import { describe, expect, it } from '@jest/globals';
import { bitsIn, distance, letterMask, toleratedErrors } from './typos.js';

/** The textbook definition, without any cut-off. */
function alignment(a: string, b: string, i = a.length, j = b.length): number {
  if (i === 0 || j === 0) return i + j;
  const costs = [
    alignment(a, b, i - 1, j) + 1,
    alignment(a, b, i, j - 1) + 1,
    alignment(a, b, i - 1, j - 1) + Number(a[i - 1] !== b[j - 1]),
  ];
  if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) costs.push(alignment(a, b, i - 2, j - 2) + 1);
  return Math.min(...costs);
}

describe('distance', () => {
  it.each([
    ['trabelsi', 'trabelsi', 0],
    ['trablsi', 'trabelsi', 1],
    ['trabbelsi', 'trabelsi', 1],
    ['trabolsi', 'trabelsi', 1],
    ['rtabelsi', 'trabelsi', 1],
    ['trabesli', 'trabelsi', 1],
    ['tarbesli', 'trabelsi', 2],
    ['محمود', 'محمد', 1],
  ])('from %s to %s is %i', (a, b, expected) => {
    expect(distance(a, b, 3)).toBe(expected);
    expect(distance(b, a, 3)).toBe(expected);
  });

  it('agrees with the definition up to every limit', () => {
    const letters = ['a', 'b', 'c'];
    let seed = 7;
    const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    const word = () => Array.from({ length: random(6) }, () => letters[random(3)]).join('');
    for (let round = 0; round < 400; round += 1) {
      const [a, b] = [word(), word()];
      const exact = alignment(a, b);
      for (const limit of [0, 1, 2, 3])
        expect([a, b, limit, distance(a, b, limit)]).toEqual([a, b, limit, Math.min(exact, limit + 1)]);
    }
  });
});

describe('letterMask', () => {
  it('differs by two bits at most for every error', () => {
    for (const [a, b, errors] of [
      ['trabelsi', 'trabolsi', 1],
      ['karim', 'krim', 1],
      ['mohamed', 'muhammad', 3],
    ] as const) {
      expect(bitsIn(letterMask(a) ^ letterMask(b))).toBeLessThanOrEqual(2 * errors);
    }
    expect([bitsIn(0), bitsIn(-1), bitsIn(0b1011)]).toEqual([0, 32, 3]);
  });
});

it('tolerates no error in short words, one in words of four letters, two from eight on', () => {
  expect([3, 4, 7, 8].map(toleratedErrors)).toEqual([0, 1, 1, 2]);
});
