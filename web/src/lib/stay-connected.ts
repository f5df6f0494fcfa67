import type { Socket } from 'socket.io-client';
import { currentToken, refresh, renewalDueIn, whenTokenComes } from './api';

/** Milliseconds before the first try, on average; each that fails doubles them, up to a minute. */
const PAUSE_MS = 2000;
const DOUBLINGS = 5;

/**
 * Keeps a live connection for as long as the session lasts: each access token is renewed before it ends and presented, and a
 * connection that the server closed is taken up again.
 * @returns stops it
 */
export function stayConnected(socket: Socket): () => void {
  let renewal: ReturnType<typeof setTimeout>;
  let again: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;

  const renewInTime = () => {
    clearTimeout(renewal);
    renewal = setTimeout(() => void refresh().catch(() => undefined), renewalDueIn());
  };
  const connect = async (isRefused: boolean) => {
    again = undefined;
    const needsToken = isRefused || renewalDueIn() === 0;
    // No answer is no reason to stop; that the session has ended is, and the page has been told of it.
    const isSignedIn = !needsToken || (await refresh().catch(() => true));
    if (isSignedIn) socket.connect();
  };
  const connectAgain = (isRefused: boolean) => {
    // Not all tabs at the same moment.
    const pause = PAUSE_MS * (0.5 + Math.random()) * 2 ** Math.min(tries, DOUBLINGS);
    tries += 1;
    again ??= setTimeout(() => void connect(isRefused), pause);
  };

  socket.on('connect', () => (tries = 0));
  // The gateway moved, the token ended, or the session did: the next try tells.
  socket.on('disconnect', (reason) => reason === 'io server disconnect' && connectAgain(false));
  socket.on('connect_error', ({ message }) => message === 'unauthenticated' && connectAgain(true));
  whenTokenComes(() => {
    if (socket.connected) socket.emit('authenticate', currentToken());
    renewInTime();
  });
  renewInTime();
  return () => {
    clearTimeout(renewal);
    clearTimeout(again);
    whenTokenComes(() => undefined);
    socket.disconnect();
  };
}
