import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = { first: 20, last: 200 };

/** A request that waits holds a connection: of one account no more than these do in one process. */
const MAX_WAITING = 10;

const waiting = new Map<string, number>();

export interface Wait {
  /** Who asks; undefined: nobody who is signed in, and who never waits. */
  accountId: string | undefined;
  /** Whether what is asked for is provably the account's own: nothing else is waited for. */
  isOwn: boolean;
  waitMs?: number;
  /** Errors that the fact may still put right; by default those of kind `not-found`. */
  mayCome?: (error: unknown) => boolean;
  /** What is waited for before the next try, for about so long; by default nothing. */
  pause?: (ms: number) => Promise<unknown>;
}

const isNotFound = (error: unknown): boolean => (error as { kind?: string }).kind === 'not-found';

/**
 * A fact that another service has told may be a moment away: repeats a read that fails for want of it until it succeeds or
 * `waitMs` are over, so that a client that acts on two services in a row need not know of the bus between them. Only for
 * what the caller has provably made themselves: whatever else is not known is not known at once, whether it is somebody
 * else's or nobody's.
 */
export async function retryUntilKnown<T>(
  read: () => Promise<T>,
  { accountId, isOwn, waitMs = 1_000, mayCome = isNotFound, pause = sleep }: Wait,
): Promise<T> {
  const others = (accountId !== undefined && waiting.get(accountId)) || 0;
  if (accountId === undefined || !isOwn || others >= MAX_WAITING) return read();
  waiting.set(accountId, others + 1);
  try {
    return await retry(read, mayCome, pause, Date.now() + waitMs);
  } finally {
    const left = waiting.get(accountId)! - 1;
    if (left > 0) waiting.set(accountId, left);
    else waiting.delete(accountId);
  }
}

async function retry<T>(
  read: () => Promise<T>,
  mayCome: (error: unknown) => boolean,
  pause: (ms: number) => Promise<unknown>,
  until: number,
): Promise<T> {
  // Ever longer: what is late is so because much else is to be done.
  for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(pauseMs * 1.5, PAUSE_MS.last)) {
    try {
      return await read();
    } catch (error) {
      if (!mayCome(error) || Date.now() >= until) throw error;
      await pause(pauseMs);
    }
  }
}
