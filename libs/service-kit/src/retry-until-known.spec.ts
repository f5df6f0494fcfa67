import { describe, expect, it } from '@jest/globals';
import { retryUntilKnown } from './retry-until-known.js';

class NotFound extends Error {
  readonly kind = 'not-found';
}

/** A read that fails so often, and counts how often it was asked. */
function missing(failures: number, error: Error = new NotFound()) {
  const read = Object.assign(
    async () => {
      read.asked += 1;
      if (read.asked <= failures) throw error;
      return 'there';
    },
    { asked: 0 },
  );
  return read;
}

describe('reading what may be a moment away', () => {
  it('is repeated while it is the account’s own', async () => {
    const read = missing(3);
    expect(await retryUntilKnown(read, { accountId: 'p1', isOwn: true })).toBe('there');
    expect(read.asked).toBe(4);
  });

  it('is given up when the time is over', async () => {
    const read = missing(1_000);
    await expect(retryUntilKnown(read, { accountId: 'p1', isOwn: true, waitMs: 50 })).rejects.toThrow(NotFound);
    expect(read.asked).toBeGreaterThan(1);
  });

  it.each([
    ['what is not the account’s own', { accountId: 'p1', isOwn: false }],
    ['somebody who is not signed in', { accountId: undefined, isOwn: true }],
  ])('is not repeated for %s', async (_, wait) => {
    const read = missing(1);
    await expect(retryUntilKnown(read, wait)).rejects.toThrow(NotFound);
    expect(read.asked).toBe(1);
  });

  it('is not repeated after another refusal, unless that is said to pass', async () => {
    const early = () => missing(1, new Error('not completed'));
    const [once, again] = [early(), early()];
    const own = { accountId: 'p1', isOwn: true };
    await expect(retryUntilKnown(once, own)).rejects.toThrow('not completed');
    expect(await retryUntilKnown(again, { ...own, mayCome: () => true })).toBe('there');
    expect([once.asked, again.asked]).toEqual([1, 2]);
  });

  it('waits for ten at a time of one account, tells the others at once, and counts each account by itself', async () => {
    const reads = Array.from({ length: 13 }, () => missing(1_000));
    const other = missing(2);
    const settled = Promise.allSettled(
      reads.map((read) => retryUntilKnown(read, { accountId: 'p2', isOwn: true, waitMs: 300 })),
    );
    expect(await retryUntilKnown(other, { accountId: 'p3', isOwn: true })).toBe('there');
    expect(reads.map(({ asked }) => asked > 1)).toEqual([...Array(10).fill(true), ...Array(3).fill(false)]);
    await settled;
    const after = missing(1);
    expect(await retryUntilKnown(after, { accountId: 'p2', isOwn: true })).toBe('there');
  });
});
