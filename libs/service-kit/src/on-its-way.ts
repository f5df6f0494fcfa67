import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = { first: 20, last: 200 };

/**
 * A fact that another service has told may be a moment away: repeats a read that finds nothing (an error of kind
 * `not-found`, or of one of the `codes`, unless `mayCome` knows better) until it finds something or `waitMs` are over, so that a client that acts on
 * two services in a row need not know of the bus between them.
 */
export async function onceOnItsWay<T>(
  read: () => Promise<T>,
  {
    waitMs = 1000,
    codes = [],
    mayCome = (error) => {
      const { kind, code } = error as { kind?: string; code?: string };
      return kind === 'not-found' || (code !== undefined && codes.includes(code));
    },
  }: { waitMs?: number; codes?: readonly string[]; mayCome?: (error: unknown) => boolean } = {},
): Promise<T> {
  const until = Date.now() + waitMs;
  // Ever longer: what is late is so because much else is to be done.
  for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(pauseMs * 1.5, PAUSE_MS.last)) {
    try {
      return await read();
    } catch (error) {
      if (!mayCome(error) || Date.now() >= until) throw error;
      await sleep(pauseMs);
    }
  }
}
