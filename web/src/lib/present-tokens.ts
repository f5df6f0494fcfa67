import type { Socket } from 'socket.io-client';
import { currentToken, refresh, renewalDueIn, whenTokenComes } from './api';

/**
 * Renews each access token before it ends and presents the new one, so that a live connection lasts as long as the session.
 * @returns stops it
 */
export function presentTokens(socket: Pick<Socket, 'connected' | 'emit'>): () => void {
  let renewal: ReturnType<typeof setTimeout>;
  const renewInTime = () => {
    clearTimeout(renewal);
    renewal = setTimeout(() => void refresh().catch(() => undefined), renewalDueIn());
  };
  whenTokenComes(() => {
    if (socket.connected) socket.emit('authenticate', currentToken());
    renewInTime();
  });
  renewInTime();
  return () => {
    clearTimeout(renewal);
    whenTokenComes(() => undefined);
  };
}
