import { describe, expect, it } from 'vitest';
import { OwnActs } from './own-acts';

describe('what one has just done oneself', () => {
  it('is no news for ten seconds, of that appointment alone', () => {
    const acts = new OwnActs();
    acts.note('a', 1_000);
    expect([acts.isNewsOf('a', 1_500), acts.isNewsOf('a', 11_000), acts.isNewsOf('a', 11_001)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([acts.isNewsOf('b', 1_500), acts.isNewsOf(undefined, 1_500)]).toEqual([false, false]);
  });
});
