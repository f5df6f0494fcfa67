import { describe, expect, it } from '@jest/globals';
import { Names, queuesOf } from './topology.js';

describe('Names', () => {
  it('are literal, and say how long a retry waits', () => {
    const names = new Names();
    expect([names.exchange, names.queue('billing.slots'), names.dead('billing.slots')]).toEqual([
      'medflow',
      'billing.slots',
      'billing.slots.dead',
    ]);
    expect([1_000, 10_000, 60_000, 600_000, 50].map((delay) => names.retry(delay))).toEqual([
      'medflow.retry.1s',
      'medflow.retry.10s',
      'medflow.retry.1m',
      'medflow.retry.10m',
      'medflow.retry.50ms',
    ]);
  });

  it('of two namespaces never meet', () => {
    expect(new Names('a').queue('q')).not.toBe(new Names('b').queue('q'));
  });
});

it('finds every queue that takes a type', () => {
  expect(queuesOf({ a: ['x', 'y'], b: ['y'], c: [] }, 'y')).toEqual(['a', 'b']);
});
