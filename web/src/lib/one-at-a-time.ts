const NAME = 'medflow.refreshing';
/** Of a tab that vanished in its turn. */
const HELD_MS = 3_000;
const LOOK_EVERY_MS = 60;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Of the pages of one browser: whoever wrote last, and is still there a moment later, has the turn. */
async function takeTurn(storage: Storage): Promise<string> {
  for (;;) {
    const [until] = (storage.getItem(NAME) ?? '').split(' ');
    if (Date.now() >= Number(until)) {
      const mine = `${Date.now() + HELD_MS} ${Math.random()}`;
      storage.setItem(NAME, mine);
      await sleep(LOOK_EVERY_MS);
      if (storage.getItem(NAME) === mine) return mine;
    }
    await sleep(LOOK_EVERY_MS * Math.random());
  }
}

/**
 * Does the work in one tab of this browser at a time. Browsers have locks for it, but not on a page that came by plain http from
 * another machine: there the tabs agree by what they store, which is good enough for what can bear two at once.
 */
export async function oneAtATime<T>(
  work: () => Promise<T>,
  locks: LockManager | undefined = navigator.locks,
  storage: Storage = localStorage,
): Promise<T> {
  if (locks) return (await locks.request(NAME, work)) as T;
  const mine = await takeTurn(storage);
  const release = () => {
    if (storage.getItem(NAME) === mine) storage.removeItem(NAME);
  };
  globalThis.addEventListener?.('pagehide', release, { once: true });
  try {
    return await work();
  } finally {
    release();
    globalThis.removeEventListener?.('pagehide', release);
  }
}
