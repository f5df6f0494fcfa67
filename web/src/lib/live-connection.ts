import { GrowingPause } from './patience';

/** What is used of a socket.io socket, which must not connect again by itself. */
export interface LiveSocket {
  connect(): unknown;
  disconnect(): unknown;
  on(event: 'connect', listener: () => void): unknown;
  on(event: 'disconnect', listener: (reason: string) => void): unknown;
  on(event: 'connect_error', listener: (error: Error) => void): unknown;
}

export interface LiveOptions {
  /** A new access token; false when nobody is signed in any more. @throws when the server cannot be reached */
  renew: () => Promise<boolean>;
  /** It is connected again: what happened meanwhile was not told. */
  missed: () => void;
}

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;
/** A connection that ends sooner was none to begin with: the next pause is longer still. */
const STEADY_MS = 30_000;

/**
 * Keeps the line to the server: whatever ends it or keeps it from coming about, it is tried again after ever longer
 * pauses, with a fresh token where the old one was the reason, and at once when the network is back.
 * @returns ends it for good
 */
export function keepConnected(socket: LiveSocket, { renew, missed }: LiveOptions): () => void {
  const pauses = new GrowingPause(FIRST_MS, LONGEST_MS);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let steady: ReturnType<typeof setTimeout> | undefined;
  let wantsToken = false;
  let wasConnected = false;
  let over = false;

  const again = async () => {
    waiting = undefined;
    if (over) return;
    if (!wantsToken) return void socket.connect();
    try {
      if (!(await renew())) return;
      wantsToken = false;
      if (!over) socket.connect();
    } catch {
      later();
    }
  };
  const later = () => {
    clearTimeout(steady);
    if (!over) waiting ??= setTimeout(() => void again(), pauses.next());
  };
  const now = () => {
    if (waiting === undefined) return;
    clearTimeout(waiting);
    void again();
  };

  socket.on('connect', () => {
    steady = setTimeout(() => pauses.reset(), STEADY_MS);
    if (wasConnected) missed();
    wasConnected = true;
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    // The token ended, or the gateway moved.
    wantsToken ||= reason === 'io server disconnect';
    later();
  });
  socket.on('connect_error', ({ message }) => {
    wantsToken ||= message === 'unauthenticated';
    later();
  });
  addEventListener('online', now);
  return () => {
    over = true;
    clearTimeout(waiting);
    clearTimeout(steady);
    removeEventListener('online', now);
    socket.disconnect();
  };
}
