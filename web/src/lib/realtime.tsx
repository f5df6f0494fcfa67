import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { io as openSocket } from 'socket.io-client';
import { currentToken, refresh, type Schemas } from './api';
import { keepConnected } from './live-connection';
import { liveLine } from './live-line';
import { pathOfNews } from './news';
import { ownActs } from './own-acts';
import { presentTokens } from './present-tokens';
import { useSession } from './session';
import { toast } from './toast';

type LiveNotification = Pick<Schemas['NotificationView'], 'id' | 'title' | 'body' | 'type' | 'data'>;

/** Live news for whoever is signed in: lists reload by themselves and a toast tells what happened. */
export function useRealtime(): void {
  const { account } = useSession();
  const queries = useQueryClient();
  const id = account?.id;
  useEffect(() => {
    if (!id) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    // Strangers need no live connection, nor the code for one.
    void import('socket.io-client').then(({ io }) => {
      if (!isOver) stop = connect(io, queries);
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [id, queries]);
}

/** @returns what ends it */
function connect(io: typeof openSocket, queries: QueryClient): () => void {
  const socket = io({
    path: '/realtime',
    auth: (give) => give({ token: currentToken() }),
    transports: ['websocket', 'polling'],
    reconnection: false,
  });
  socket.on('notification', ({ id: key, title, body, ...news }: LiveNotification) => {
    if (!ownActs.isNewsOf(news.data.appointmentId)) toast(body, title, key, pathOfNews(news));
    for (const key of ['notifications', 'feedback', 'dashboard']) void queries.invalidateQueries({ queryKey: [key] });
  });
  socket.on('appointment', () => {
    for (const key of ['appointments', 'appointment', 'payments', 'dashboard', 'patient', 'patients'])
      void queries.invalidateQueries({ queryKey: [key], predicate: ({ queryKey }) => queryKey[1] !== 'of' });
  });
  const detach = liveLine.attach(socket);
  const stopPresenting = presentTokens(socket);
  const disconnect = keepConnected(socket, {
    renew: async () => (await refresh()) !== undefined,
    missed: () => void queries.invalidateQueries(),
  });
  return () => {
    detach();
    stopPresenting();
    disconnect();
  };
}
