import { expect, it } from 'vitest';
import { loudnessOf, Speaking } from './speaking';

it('shows somebody as speaking through the pauses between words, and not for a fan', () => {
  const speaking = new Speaking();
  expect(speaking.next(0.01, 0)).toBe(false);
  expect(speaking.next(0.2, 100)).toBe(true);
  expect(speaking.next(0, 600)).toBe(true);
  expect(speaking.next(0.01, 800)).toBe(false);
});

it('measures loudness as the root mean square', () => {
  expect(loudnessOf(new Float32Array([0.5, -0.5, 0.5, -0.5]))).toBeCloseTo(0.5);
  expect(loudnessOf(new Float32Array())).toBe(0);
});
